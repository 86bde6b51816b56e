internal import Synchronization

/// What went wrong after the socket was bound: Hummingbird's callback cannot throw.
final class AdminFailure: Sendable {
    private let stored = Mutex<AdminSocketError?>(nil)

    var error: AdminSocketError? {
        stored.withLock { $0 }
    }

    func record(_ error: AdminSocketError) {
        stored.withLock { $0 = error }
    }
}
