internal import AccessModel
internal import GRDB

/// A search in one statement of SQL, in the order of the records: for whoever wants all that match.
struct SearchRequest {
    let sql: String
    let arguments: StatementArguments

    init(_ query: AuditQuery, order: AuditOrder, after: UInt64?, limit: Int, in db: Database) throws {
        var conditions = SearchConditions(query, text: .set)
        try SearchRequest.addTime(query, to: &conditions, in: db)
        if let after { conditions.add(order == .oldestFirst ? "r.idx > ?" : "r.idx < ?", [Int64(clamping: after)]) }
        var sql = "SELECT r.* FROM record r LEFT JOIN session s ON s.id = r.session"
        if !conditions.texts.isEmpty { sql += " WHERE " + conditions.texts.joined(separator: " AND ") }
        sql += " ORDER BY r.idx " + (order == .oldestFirst ? "ASC" : "DESC")
        if limit > 0 { sql += " LIMIT \(limit)" }
        self.sql = sql
        arguments = conditions.arguments
    }

    /// A search runs in the order of the records. That is the order of their times, so a time is a place to begin or to
    /// end at, found by the index on times; where it is not, each record's time is looked at.
    private static func addTime(_ query: AuditQuery, to conditions: inout SearchConditions, in db: Database) throws {
        let isOrdered = try RecordSpan.isOrdered(db)
        if let since = query.since?.microseconds {
            conditions.add(isOrdered ? "r.idx >= (\(RecordSpan.first))" : "r.time >= ?", [since])
        }
        if let until = query.until?.microseconds {
            conditions.add(isOrdered ? "r.idx <= (\(RecordSpan.last))" : "r.time < ?", [until])
        }
    }
}
