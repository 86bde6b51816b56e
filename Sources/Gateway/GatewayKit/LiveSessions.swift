package import AccessModel
internal import Synchronization

/// The sessions that are up in this process.
package final class LiveSessions: Sendable {
    private let table = Mutex<[ULID: LiveSession]>([:])

    package init() {}

    package func insert(_ session: LiveSession) {
        table.withLock { $0[session.id] = session }
    }

    package func remove(_ id: ULID) {
        _ = table.withLock { $0.removeValue(forKey: id) }
    }

    package func list() -> [LiveSession] {
        table.withLock { Array($0.values) }.sorted { $0.id < $1.id }
    }

    package func find(_ id: ULID) -> LiveSession? {
        table.withLock { $0[id] }
    }

    package var count: Int { table.withLock { $0.count } }

    /// Whether there was such a session.
    package func kill(_ id: ULID, reason: String) -> Bool {
        // Called outside the lock: a session that ends removes itself.
        guard let session = table.withLock({ $0[id] }) else { return false }
        session.kill(reason)
        return true
    }
}
