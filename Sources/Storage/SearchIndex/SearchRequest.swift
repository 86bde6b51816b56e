internal import AccessModel
internal import GRDB

/// A search in SQL. Every value travels as an argument.
struct SearchRequest {
    private(set) var sql: String
    private(set) var arguments = StatementArguments()
    private var conditions: [String] = []

    init(_ query: AuditQuery, order: AuditOrder, after: UInt64?, limit: Int, in db: Database) throws {
        sql = "SELECT r.* FROM record r LEFT JOIN session s ON s.id = r.session"
        addSession(query)
        addCommand(query)
        try addTime(query, in: db)
        if let kinds = query.kinds {
            let names = kinds.map(\.rawValue).sorted()
            conditions.append("r.kind IN (\(names.map { _ in "?" }.joined(separator: ", ")))")
            arguments += StatementArguments(names)
        }
        if let after { add(order == .oldestFirst ? "r.idx > ?" : "r.idx < ?", Int64(clamping: after)) }
        if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
        sql += " ORDER BY r.idx " + (order == .oldestFirst ? "ASC" : "DESC")
        if limit > 0 { sql += " LIMIT \(limit)" }
    }

    /// A search runs in the order of the records. That is the order of their times, so a time is a place to begin or to
    /// end at, found by the index on times; where it is not, each record's time is looked at.
    private mutating func addTime(_ query: AuditQuery, in db: Database) throws {
        let isOrdered = try Int64.fetchOne(db, sql: "SELECT idx FROM disorder LIMIT 1") == nil
        if let since = query.since?.microseconds {
            let first = "SELECT idx FROM record WHERE time >= ? ORDER BY time, idx LIMIT 1"
            add(isOrdered ? "r.idx >= (\(first))" : "r.time >= ?", since)
        }
        if let until = query.until?.microseconds {
            let last = "SELECT idx FROM record WHERE time < ? ORDER BY time DESC, idx DESC LIMIT 1"
            add(isOrdered ? "r.idx <= (\(last))" : "r.time < ?", until)
        }
    }

    private mutating func addSession(_ query: AuditQuery) {
        let columns: [(String, String?)] = [
            ("s.principal", query.principal), ("s.pipeline", query.pipeline), ("s.run", query.run),
            ("s.revision", query.commit), ("s.repository", query.repository), ("s.triggered_by", query.triggeredBy),
            ("s.target", query.target), ("s.ulid", query.session?.description),
        ]
        for case (let column, let value?) in columns { add("\(column) = ?", value) }
        if let role = query.role {
            conditions.append(
                "(r.role = ? OR (r.role IS NULL AND EXISTS (SELECT 1 FROM session_role x WHERE x.session = r.session AND x.role = ?)))"
            )
            arguments += [role, role]
        }
        if let owner = query.owner {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM session_role x WHERE x.session = r.session AND x.owner = ? \
                AND (r.role IS NULL OR r.role = x.role))
                """
            )
            arguments += [owner]
        }
    }

    private mutating func addCommand(_ query: AuditQuery) {
        if let decision = query.decision { add("r.decision = ?", decision.rawValue) }
        if query.object != nil || query.action != nil {
            var effect = "EXISTS (SELECT 1 FROM effect e WHERE e.shape = r.shape"
            if let action = query.action {
                effect += " AND e.action = ?"
                arguments += [action.rawValue]
            }
            if let object = query.object {
                effect += object.contains("*") ? " AND e.object GLOB ?" : " AND e.object = ?"
                arguments += [object.contains("*") ? SearchRequest.pattern(object) : object]
            }
            conditions.append(effect + ")")
        }
        if let text = query.text {
            // Text without a word in it matches nothing: it is never dropped, which would match everything.
            if let words = FTS5Pattern(matchingAllTokensIn: text) {
                conditions.append("r.statement IN (SELECT rowid FROM statement_text WHERE statement_text MATCH ?)")
                arguments += [words]
            } else {
                conditions.append("0")
            }
        }
    }

    private mutating func add(_ condition: String, _ value: some DatabaseValueConvertible) {
        conditions.append(condition)
        arguments += [value]
    }

    /// `*` for any characters; what GLOB gives another meaning is taken as it is. Unlike LIKE it tells upper from lower
    /// case, as PostgreSQL's names do.
    private static func pattern(_ glob: String) -> String {
        var pattern = ""
        for character in glob.unicodeScalars {
            switch character {
            case "?", "[": pattern += "[\(character)]"
            default: pattern.unicodeScalars.append(character)
            }
        }
        return pattern
    }
}
