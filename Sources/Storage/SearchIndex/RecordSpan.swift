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

    /// Where the records of a query can be, by its times and by what was told already. Where times are in disorder, they are
    /// conditions on each record instead.
    init(
        _ query: AuditQuery,
        order: AuditOrder,
        after: UInt64?,
        _ conditions: inout SearchConditions,
        in db: Database
    ) throws {
        lower = 0
        upper = (try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(idx) FROM record")) ?? -1) + 1
        let (since, until) = (query.since?.microseconds, query.until?.microseconds)
        if try RecordSpan.isOrdered(db) {
            if let since {
                lower = try Int64.fetchOne(db.cachedStatement(sql: RecordSpan.first), arguments: [since]) ?? upper
            }
            if let until {
                upper = (try Int64.fetchOne(db.cachedStatement(sql: RecordSpan.last), arguments: [until]) ?? -1) + 1
            }
        } else {
            if let since { conditions.add("r.time >= ?", [since]) }
            if let until { conditions.add("r.time < ?", [until]) }
        }
        guard let after = after.map({ Int64(clamping: $0) }) else { return }
        switch order {
        case .oldestFirst: lower = max(lower, after == .max ? after : after + 1)
        case .newestFirst: upper = min(upper, after)
        }
    }
}
