internal import AccessModel
internal import GRDB

/// What a record has to be, as conditions of SQL on `record r LEFT JOIN session s ON s.id = r.session`. Every value travels
/// as an argument.
struct SearchConditions {
    private(set) var texts: [String] = []
    private(set) var arguments = StatementArguments()

    /// How the words of statements are looked for.
    enum TextTest {
        /// All statements that have them are found first: for who looks at all records.
        case set
        /// Each record's statement is looked at: for who looks at some.
        case probe
        /// Not: whoever asks knows that they are there.
        case known
    }

    /// All of a query but for its times.
    init(_ query: AuditQuery, text test: TextTest) {
        addSession(query)
        addCommand(query)
        addText(query, test)
        if let kinds = query.kinds {
            let names = kinds.map(\.rawValue).sorted()
            add("r.kind IN (\(names.map { _ in "?" }.joined(separator: ", ")))", StatementArguments(names))
        }
    }

    mutating func add(_ condition: String, _ values: StatementArguments = []) {
        texts.append(condition)
        arguments += values
    }

    /// For records that are not in the order of their times.
    mutating func addTimes(_ query: AuditQuery) {
        if let since = query.since?.microseconds { add("r.time >= ?", [since]) }
        if let until = query.until?.microseconds { add("r.time < ?", [until]) }
    }

    /// ` AND …`, or nothing.
    var further: String { texts.map { " AND " + $0 }.joined() }

    /// The columns of `session` that a query asks for, and their values.
    static func columns(_ query: AuditQuery) -> [(column: String, value: String)] {
        let columns: [(String, String?)] = [
            ("s.ulid", query.session?.description), ("s.run", query.run), ("s.revision", query.commit),
            ("s.pipeline", query.pipeline), ("s.principal", query.principal), ("s.repository", query.repository),
            ("s.triggered_by", query.triggeredBy), ("s.target", query.target),
        ]
        return columns.compactMap { column, value in value.map { (column, $0) } }
    }

    /// A column that is asked for: the whole value, or of a commit its first seven digits and more, as version control has it.
    static func condition(_ column: String, _ value: String) -> (text: String, values: [String]) {
        let isPart = column == "s.revision" && (7..<64).contains(value.utf8.count) && value.allSatisfy(\.isHexDigit)
        // No digit of a commit comes behind f.
        return isPart ? ("\(column) >= ? AND \(column) < ?", [value, value + "g"]) : ("\(column) = ?", [value])
    }

    private mutating func addSession(_ query: AuditQuery) {
        for (column, value) in SearchConditions.columns(query) {
            let condition = SearchConditions.condition(column, value)
            add(condition.text, StatementArguments(condition.values))
        }
        if let role = query.role {
            add(
                "(r.role = ? OR (r.role IS NULL AND EXISTS (SELECT 1 FROM session_role x WHERE x.session = r.session AND x.role = ?)))",
                [role, role]
            )
        }
        if let owner = query.owner {
            add(
                """
                EXISTS (SELECT 1 FROM session_role x WHERE x.session = r.session AND x.owner = ? \
                AND (r.role IS NULL OR r.role = x.role))
                """,
                [owner]
            )
        }
    }

    private mutating func addCommand(_ query: AuditQuery) {
        if let decision = query.decision { add("r.decision = ?", [decision.rawValue]) }
        if let effect = SearchConditions.effect(query) {
            add("EXISTS (SELECT 1 FROM effect e WHERE e.shape = r.shape\(effect.further))", effect.arguments)
        }
    }

    private mutating func addText(_ query: AuditQuery, _ test: TextTest) {
        guard let text = query.text, test != .known else { return }
        // Text without a word in it matches nothing: it is never dropped, which would match everything.
        guard let words = FTS5Pattern(matchingAllTokensIn: text) else { return add("0") }
        let found = "SELECT rowid FROM statement_text WHERE statement_text MATCH ?"
        add(test == .set ? "r.statement IN (\(found))" : "EXISTS (\(found) AND rowid = r.statement)", [words])
    }

    /// What a query asks of one effect, on `effect e`; nil for nothing.
    static func effect(_ query: AuditQuery) -> (further: String, arguments: StatementArguments)? {
        guard query.object != nil || query.action != nil else { return nil }
        var (further, arguments) = ("", StatementArguments())
        if let action = query.action {
            further += " AND e.action = ?"
            arguments += [action.rawValue]
        }
        if let object = query.object {
            if object.contains("*") {
                further += " AND e.object GLOB ?"
                arguments += [pattern(object)]
            } else if object.contains(".") {
                further += " AND e.object = ?"
                arguments += [object]
            } else {
                // A name alone is that name, whatever schema it is in.
                further += " AND (e.object = ? OR e.object GLOB ?)"
                arguments += [object, pattern("*.\(object)")]
            }
        }
        return (further, arguments)
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
