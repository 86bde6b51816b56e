package import Synchronization

/// What one session has run, for operators who look while it is live.
package final class SessionCounts: Sendable {
    package let commands = Atomic<Int>(0)
    package let denied = Atomic<Int>(0)

    package init() {}
}
