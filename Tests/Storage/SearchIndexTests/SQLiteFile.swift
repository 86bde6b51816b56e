import GRDB

/// A database file as another program finds it.
enum SQLiteFile {
    /// Runs statements on it, then closes it.
    static func run(_ sql: String, on path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }
}
