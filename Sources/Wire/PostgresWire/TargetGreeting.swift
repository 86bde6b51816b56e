/// What a target says of a new session, for the client and for cancellation.
package struct TargetGreeting: Hashable, Sendable {
    package var parameters: [StartupParameter] = []
    package var process: UInt32 = 0
    package var secret: [UInt8] = []

    package init() {}
}
