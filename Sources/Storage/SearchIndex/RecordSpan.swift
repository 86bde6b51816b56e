internal import AccessModel
internal import GRDB

/// Records from one index on and below another.
struct RecordSpan: Hashable {
    var lower: Int64
    var upper: Int64

    /// The first record from a time on, and the last one before a time.
    static let first = "SELECT idx FROM record WHERE time >= ? ORDER BY time, idx LIMIT 1"
    static let last = "SELECT idx FROM record WHERE time < ? ORDER BY time DESC, idx DESC LIMIT 1"

    init(lower: Int64, upper: Int64) {
        self.lower = lower
        self.upper = upper
    }

    var isEmpty: Bool { lower >= upper }

    /// Whether the order of the records is that of their times.
    static func isOrdered(_ db: Database) throws -> Bool {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT idx FROM disorder LIMIT 1")) == nil
    }

    /// Where the records of a query can be, by its times and by what was told already; and whether the times are in it: where
    /// they are in disorder, each record has to be looked at.
    static func of(
        _ query: AuditQuery,
        order: AuditOrder,
        after: UInt64?,
        in db: Database
    ) throws -> (span: RecordSpan, hasTimes: Bool) {
        let last = try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(idx) FROM record")) ?? -1
        var span = RecordSpan(lower: 0, upper: last + 1)
        let isOrdered = try isOrdered(db)
        if isOrdered, let since = query.since?.microseconds {
            span.lower = try Int64.fetchOne(db.cachedStatement(sql: RecordSpan.first), arguments: [since]) ?? span.upper
        }
        if isOrdered, let until = query.until?.microseconds {
            let last = try Int64.fetchOne(db.cachedStatement(sql: RecordSpan.last), arguments: [until]) ?? -1
            span.upper = min(span.upper, last + 1)
        }
        if let after = after.map({ Int64(clamping: $0) }) {
            switch order {
            case .oldestFirst: span.lower = max(span.lower, after == .max ? after : after + 1)
            case .newestFirst: span.upper = min(span.upper, after)
            }
        }
        return (span, isOrdered)
    }
}
