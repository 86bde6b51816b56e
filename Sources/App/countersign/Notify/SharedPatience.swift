internal import Notifications
internal import Synchronization

/// The patience with one receiver, across its connections.
final class SharedPatience: Sendable {
    private let patience = Mutex(RefusalPatience())

    /// How long to wait before it is tried again; nil: it is given up.
    func refused(_ delivery: String) -> Duration? { patience.withLock { $0.refused(delivery) } }
    func taken() { patience.withLock { $0.taken() } }
}
