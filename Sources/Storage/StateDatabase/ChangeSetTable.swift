package import AccessModel
package import Approvals
internal import Foundation
internal import GRDB
internal import Glibc

/// The change sets that wait or may serve, in `DATA/state.sqlite`.
///
/// Every write is synced before it counts (WAL with `synchronous = FULL`). They are queued, and done in their order.
package struct ChangeSetTable: ChangeSetStore {
    private let queue: DatabaseQueue

    /// Opens the file, or makes it, for its owner alone. Throws where it cannot be used: what it holds may not be forgotten,
    /// so a damaged file is never replaced.
    package init(path: String) throws {
        // SQLite would make it with whatever the umask leaves; its log gets the mode of the file.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StateDatabaseError(path: path, what: String(cString: strerror(errno))) }
        close(descriptor)
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { db in
                try db.execute(
                    sql:
                        "CREATE TABLE IF NOT EXISTS change_set (id TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID"
                )
            }
        } catch {
            throw StateDatabaseError(path: path, what: "\(error)")
        }
    }

    /// All that was kept. Throws where one of them cannot be read.
    package func load() throws -> [ChangeSetSnapshot] {
        try queue.read { db in
            try Data.fetchAll(db, sql: "SELECT state FROM change_set ORDER BY id").map {
                try JSONDecoder().decode(ChangeSetSnapshot.self, from: $0)
            }
        }
    }

    package func put(_ snapshot: ChangeSetSnapshot, done: @escaping @Sendable (Bool) -> Void) {
        queue.asyncWrite(
            { db in
                let state = try JSONEncoder().encode(snapshot)
                try db.execute(
                    sql: "INSERT OR REPLACE INTO change_set VALUES (?, ?)",
                    arguments: [snapshot.id.description, state]
                )
            },
            completion: { _, result in
                if case .success = result { done(true) } else { done(false) }
            }
        )
    }

    package func remove(_ id: ULID) {
        queue.asyncWrite(
            { db in try db.execute(sql: "DELETE FROM change_set WHERE id = ?", arguments: [id.description]) },
            completion: { _, _ in }
        )
    }
}
