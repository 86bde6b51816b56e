internal import AccessModel
internal import GRDB

/// A short list of what the records of a query have in common, by which an index finds them in order: the sessions, the
/// statements or the kinds of effects that match. Where there is none, or it would be long, records are looked at one after
/// the other: what many have in common is soon met.
struct SearchDriver {
    /// An index of `record` whose one column is this one.
    var index: String
    var column: String
    var keys: [DatabaseValue]
    /// What else is true of all that the index holds.
    var condition: String?

    static let mostKeys = 1000

    /// Whether its keys are the statements with the words that are asked for.
    var isOfText: Bool { index == "record_statement" }

    /// The most telling one; nil for none.
    static func choose(_ query: AuditQuery, _ span: RecordSpan, in db: Database) throws -> SearchDriver? {
        // Rare words tell more than who ran them, but one session more than a statement that all of them run.
        if query.session == nil, let keys = try statements(query, in: db) {
            return SearchDriver(index: "record_statement", column: "r.statement", keys: keys)
        }
        if let keys = try sessions(query, span, in: db) {
            return SearchDriver(index: "record_session", column: "r.session", keys: keys)
        }
        if let keys = try shapes(query, in: db) {
            return SearchDriver(index: "record_shape", column: "r.shape", keys: keys)
        }
        if let decision = query.decision, decision != .allow {
            return SearchDriver(
                index: "record_refused",
                column: "r.decision",
                keys: [decision.rawValue.databaseValue],
                condition: "r.decision <> 'allow'"
            )
        }
        guard let kinds = query.kinds, !kinds.contains(.command) else { return nil }
        return SearchDriver(
            index: "record_kind",
            column: "r.kind",
            keys: kinds.map(\.rawValue).sorted().map(\.databaseValue),
            condition: "r.kind <> 'command'"
        )
    }

    /// Sessions that can have records in the span; nil where nothing is asked of sessions, or too many match.
    private static func sessions(
        _ query: AuditQuery,
        _ span: RecordSpan,
        in db: Database
    ) throws -> [DatabaseValue]? {
        guard var sql = SessionSource(query) else { return nil }
        sql.conditions.append("s.idx < ? AND (s.closed IS NULL OR s.closed >= ?)")
        sql.arguments += [span.upper, span.lower]
        return try keys(sql.text("\(sql.id) AS id", "ORDER BY \(sql.id) DESC"), sql.arguments, in: db)
    }

    private static func statements(_ query: AuditQuery, in db: Database) throws -> [DatabaseValue]? {
        guard let text = query.text, let words = FTS5Pattern(matchingAllTokensIn: text) else { return nil }
        let sql = "SELECT rowid FROM statement_text WHERE statement_text MATCH ? ORDER BY rowid DESC"
        return try keys(sql, [words], in: db)
    }

    private static func shapes(_ query: AuditQuery, in db: Database) throws -> [DatabaseValue]? {
        guard let effect = SearchConditions.effect(query) else { return nil }
        return try keys("SELECT DISTINCT e.shape FROM effect e WHERE 1\(effect.further)", effect.arguments, in: db)
    }

    private static func keys(
        _ sql: String,
        _ arguments: StatementArguments,
        in db: Database
    ) throws -> [DatabaseValue]? {
        let found = try DatabaseValue.fetchAll(db, sql: sql + " LIMIT \(mostKeys + 1)", arguments: arguments)
        guard found.count <= mostKeys else { return nil }
        var seen: Set<DatabaseValue> = []
        return found.filter { seen.insert($0).inserted }
    }
}
