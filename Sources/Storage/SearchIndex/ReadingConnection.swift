internal import GRDB

/// A connection that only reads, and the file that it is to.
final class ReadingConnection: Sendable {
    let queue: DatabaseQueue
    let identity: FileIdentity

    init(path: String, identity: FileIdentity) throws {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(2)
        // KiB of pages: a search goes over some tens of MiB again and again.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA cache_size = -16000") }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        let version = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        guard version == IndexSchema.version else {
            throw IndexReadError.unavailable("the search index is being made again")
        }
        self.identity = identity
    }
}
