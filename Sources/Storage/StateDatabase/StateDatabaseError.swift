/// The gateway's state cannot be used. Safe to print.
package struct StateDatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var what: String

    package var description: String { "\(path) cannot be used: \(what)" }
}
