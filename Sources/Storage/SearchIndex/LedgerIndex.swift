package import AccessModel
package import AuditLog
internal import GRDB
internal import Synchronization

/// The search index: a projection of the ledger in SQLite, that may be deleted and is made again.
///
/// It holds where each record stands and what searches ask for; what a search prints is read from the ledger itself. The
/// text of a statement is indexed once, however often it ran. Gateway and CLI may use it at once: each batch reads the
/// position that it goes on from inside its own transaction.
package final class LedgerIndex: Sendable {
    private let database: Mutex<IndexDatabase>
    private let reader: LedgerReader
    private let onRebuild: @Sendable (String) -> Void

    /// Records of one transaction.
    private static let batch = 5000

    /// `path` is DATA/index.sqlite; `reader` reads the ledger beside it. A file that is damaged, or of another version, is
    /// replaced by an empty one, which the next `catchUp` fills; `onRebuild` is told why.
    package init(path: String, reader: LedgerReader, onRebuild: @escaping @Sendable (String) -> Void) throws {
        self.reader = reader
        self.onRebuild = onRebuild
        let opened = try LedgerIndex.explaining(path) { try IndexDatabase.open(path) }
        database = Mutex(opened)
        if let reason = opened.replaced { onRebuild("the search index \(path) is made again: \(reason)") }
    }

    /// Whether the file at the path is still the one that this index works on: somebody may have deleted it.
    package var isInPlace: Bool { database.withLock { $0.isInPlace } }

    /// The index of the first record that is not in here.
    package var end: UInt64 {
        get throws { try queue.read { try IndexPosition.read($0)?.index ?? 0 } }
    }

    /// Reads what the ledger has more, at most `limit` records; `progress` is told how many there are in all.
    package func catchUp(limit: Int = .max, progress: (UInt64) -> Void = { _ in }) throws {
        try mendingOnce { try read(limit: limit, progress: progress) }
    }

    /// The record of this id as a search prints it; nil where there is none.
    package func record(_ id: ULID) throws -> [UInt8]? {
        try mendingOnce(thenCatchingUp: true) {
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
        try searchRecords(query, order: order, after: after, limit: limit) { joined, _ in try body(joined) }
    }

    /// As `search`, with the record's own bytes, as the ledger has them, beside the joined ones.
    package func searchRecords(
        _ query: AuditQuery,
        order: AuditOrder,
        after: UInt64? = nil,
        limit: Int = 0,
        _ body: (_ joined: [UInt8], _ record: [UInt8]) throws -> Void
    ) throws {
        // Where the file turns out to be damaged on the way, the new one goes on behind what was told already.
        var (last, left) = (after, limit)
        try mendingOnce(thenCatchingUp: true) {
            guard limit == 0 || left > 0 else { return }
            try queue.read { db in
                let request = try SearchRequest(query, order: order, after: last, limit: left, in: db)
                let rows = try Row.fetchCursor(db, sql: request.sql, arguments: request.arguments)
                let join = RecordJoin(db, reader)
                while let row = try rows.next() {
                    let record = try join.record(of: row)
                    try body(try join.line(of: row, record: record), record)
                    last = UInt64(row["idx"] as Int64)
                    left -= 1
                }
            }
        }
    }

    // MARK: - Reading the ledger

    private func read(limit: Int, progress: (UInt64) -> Void) throws {
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
            if entry?.leaf != position.leaf { try IndexSchema.reset(db) }
            return .commit
        }
    }

    // MARK: - A file that is damaged

    var queue: DatabaseQueue { database.withLock { $0.queue } }

    /// Where the file proves damaged, makes it again and tries once more: whoever damages it faster is not our concern.
    func mendingOnce<Answer>(thenCatchingUp: Bool = false, _ body: () throws -> Answer) throws -> Answer {
        try LedgerIndex.explaining(database.withLock { $0.path }) {
            do {
                return try body()
            } catch let error as DatabaseError where IndexDatabase.isDamage(error) {
                try rebuild(because: error)
                if thenCatchingUp { try read(limit: .max) { _ in } }
                return try body()
            }
        }
    }

    /// Puts the file aside, for a reason that whoever reads it beside this has found. The next `catchUp` fills a new one.
    package func makeAgain(because reason: String) throws {
        try LedgerIndex.explaining(database.withLock { $0.path }) { try rebuild(because: reason) }
    }

    private func rebuild(because error: DatabaseError) throws {
        try rebuild(because: error.message ?? "\(error.resultCode)")
    }

    private func rebuild(because reason: String) throws {
        let path = database.withLock { $0.path }
        try? queue.close()
        let made = try IndexDatabase.replace(path, because: reason)
        database.withLock { $0 = made }
        onRebuild("the search index \(path) was damaged and is made again: \(reason)")
    }

    private static func explaining<Answer>(_ path: String, _ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let error as DatabaseError {
            // Its description would repeat the statement, and the statement's values with it.
            throw LedgerIndexError("the search index \(path) does not serve: \(error.message ?? "\(error.resultCode)")")
        }
    }
}
