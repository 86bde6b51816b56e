package import Synchronization

/// What a gateway counts, for metrics. Read at any time from any thread.
package final class GatewayCounters: Sendable {
    package let connections = Atomic<Int>(0)
    /// Connections that have not shown a valid token yet.
    package let halfOpen = Atomic<Int>(0)
    package let sessions = Atomic<Int>(0)
    package let sessionsTotal = Atomic<Int>(0)
    package let refusedAuthentications = Atomic<Int>(0)
    package let commands = Atomic<Int>(0)
    package let denied = Atomic<Int>(0)
    /// Commands that waited, or wait, for somebody's approval.
    package let held = Atomic<Int>(0)
    /// Commands not executed because their record could not be written.
    package let unrecorded = Atomic<Int>(0)
    /// Changes not carried out because the ledger was not witnessed.
    package let unwitnessed = Atomic<Int>(0)
    package let protocolViolations = Atomic<Int>(0)
    package let cancelRequests = Atomic<Int>(0)
    package let limitClosed = Atomic<Int>(0)
    package let bytesFromClients = Atomic<Int>(0)
    package let bytesFromTargets = Atomic<Int>(0)

    package init() {}
}
