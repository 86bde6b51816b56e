internal import AccessModel
internal import GRDB

/// The sessions that a query asks for, as SQL on `session s`.
struct SessionSource {
    private let from: String
    /// The column that is the session's number, in the order of which an index finds them.
    let id: String
    var conditions: [String]
    var arguments: StatementArguments

    /// Nil where nothing is asked of sessions.
    init?(_ query: AuditQuery) {
        let asked = SearchConditions.columns(query).map { SearchConditions.condition($0.column, $0.value) }
        conditions = asked.map(\.text)
        arguments = StatementArguments(asked.flatMap(\.values))
        if let role = query.role {
            from = "session_role y CROSS JOIN session s ON s.id = y.session"
            id = "y.session"
            conditions.append("y.role = ?")
            arguments += [role]
            if let owner = query.owner {
                conditions.append("EXISTS (SELECT 1 FROM session_role x WHERE x.session = s.id AND x.owner = ?)")
                arguments += [owner]
            }
        } else if let owner = query.owner {
            from = "session_role y CROSS JOIN session s ON s.id = y.session"
            id = "y.session"
            conditions.append("y.owner = ?")
            arguments += [owner]
        } else {
            from = "session s"
            id = "s.id"
        }
        guard !conditions.isEmpty else { return nil }
    }

    func text(_ columns: String, _ rest: String = "") -> String {
        "SELECT \(columns) FROM \(from) WHERE \(conditions.joined(separator: " AND ")) \(rest)"
    }
}
