internal import AccessModel
internal import Synchronization

/// The newest snapshot of each target's catalog that a session has read: for whoever explains policy, and asks no target.
package final class CatalogShelf: Sendable {
    private struct Key: Hashable {
        var target: String
        var database: String
    }

    private let snapshots = Mutex<[Key: (catalog: Catalog, read: ContinuousClock.Instant)]>([:])

    package init() {}

    /// There are as many as the configuration has databases.
    func put(_ catalog: Catalog, target: String, database: String, at now: ContinuousClock.Instant = .now) {
        snapshots.withLock { $0[Key(target: target, database: database)] = (catalog, now) }
    }

    /// Nil where no session has read one. `age` is since it was last found to be as it is.
    package func newest(
        target: String,
        database: String,
        at now: ContinuousClock.Instant = .now
    ) -> (file: CatalogFile, age: Duration)? {
        let found = snapshots.withLock { $0[Key(target: target, database: database)] }
        return found.map { (CatalogFile($0.catalog), now - $0.read) }
    }
}
