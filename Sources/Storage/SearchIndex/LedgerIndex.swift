package import AccessModel
package import AuditLog
internal import GRDB

/// The search index: a projection of the ledger in SQLite, that may be deleted and is made again.
///
/// It holds where each record stands and what searches ask for; what a search prints is read from the ledger itself. The
/// text of a statement is indexed once, however often it ran. Gateway and CLI may use it at once: each batch reads the
/// position that it goes on from inside its own transaction.
package final class LedgerIndex: Sendable {
    let queue: DatabaseQueue
    let reader: LedgerReader

    /// Records of one transaction.
    static let batch = 5000

    /// `path` is DATA/index.sqlite; `reader` reads the ledger beside it.
    package init(path: String, reader: LedgerReader) throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            // A projection: a crash may cost it its last batches, which are read again.
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        }
        self.reader = reader
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inTransaction(.immediate) { db in
                try IndexSchema.prepare(db)
                return .commit
            }
        } catch {
            throw LedgerIndexError("the search index \(path) cannot be opened: \(error); it may be deleted")
        }
    }

    /// The index of the first record that is not in here.
    package var end: UInt64 {
        get throws { try queue.read { try IndexPosition.read($0)?.index ?? 0 } }
    }

    /// Reads what the ledger has more, at most `limit` records; `progress` is told how many there are in all.
    package func catchUp(limit: Int = .max, progress: (UInt64) -> Void = { _ in }) throws {
        try forgetIfReplaced()
        var cursor: LedgerCursor?
        var left = limit
        while left > 0 {
            var read = 0
            try queue.inTransaction(.immediate) { db in
                let position = try IndexPosition.read(db)
                var current = cursor ?? reader.cursor(at: position)
                if cursor != nil, current.position != position { current = reader.cursor(at: position) }
                read = try IndexWriter(db, reader).take(min(left, LedgerIndex.batch), from: &current)
                cursor = current
                return .commit
            }
            left -= read
            guard read > 0 else { return }
            try progress(end)
        }
    }

    /// A ledger that does not go on from what was indexed is another ledger: the index begins anew.
    private func forgetIfReplaced() throws {
        try queue.inTransaction(.immediate) { db in
            guard let position = try IndexPosition.read(db), let last = try IndexPosition.last(db) else {
                return .commit
            }
            let entry = try? reader.entry(index: position.index - 1, segment: last.segment, offset: last.offset)
            if entry?.link != position.link { try IndexSchema.reset(db) }
            return .commit
        }
    }

    /// The record of this id as a search prints it; nil where there is none.
    package func record(_ id: ULID) throws -> [UInt8]? {
        try queue.read { db in
            let row = try Row.fetchOne(
                db,
                sql: "SELECT * FROM record WHERE idx = ?",
                arguments: [Int64(id.low & 0xFFFF_FFFF_FFFF)]
            )
            guard let row, row["id"] == id.description else { return nil }
            return try RecordJoin(db, reader).line(of: row)
        }
    }

    /// Tells each record that matches, joined with its session and its outcome. `after` goes on behind the record of
    /// that index in the order asked for; `limit` 0 is no limit. Nothing is held but one record at a time.
    package func search(
        _ query: AuditQuery,
        order: AuditOrder,
        after: UInt64? = nil,
        limit: Int = 0,
        _ body: ([UInt8]) throws -> Void
    ) throws {
        try queue.read { db in
            let request = try SearchRequest(query, order: order, after: after, limit: limit)
            let rows = try Row.fetchCursor(db, sql: request.sql, arguments: request.arguments)
            let join = RecordJoin(db, reader)
            while let row = try rows.next() { try body(try join.line(of: row)) }
        }
    }
}
