internal import AccessModel
internal import StatementAnalysis

/// Whether the target says how many rows a statement changed: by the tag of its CommandComplete, and so of the table that
/// the statement names. What triggers, cascades, rules and functions change beside that is not in it.
enum CountedChange: Hashable {
    /// It changes no rows.
    case none
    case counted
    /// It may change rows, and nothing says how many; in words.
    case uncounted(String)

    init(_ statement: AnalyzedStatement) {
        let actions = statement.effects.map(\.action)
        if actions.contains(.truncate) {
            self = .uncounted("TRUNCATE")
        } else if actions.contains(.do) || statement.kind == "CALL" {
            self = .uncounted("a procedural body")
        } else if statement.kind != "EXECUTE", CountedChange.executes(statement) {
            self = .uncounted("\(statement.kind) of a prepared statement")
        } else if actions.contains(.twoPhase) {
            self = .uncounted("a prepared transaction")
        } else if ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(statement.kind) {
            self = statement.rowChanges == 1 ? .counted : .uncounted("WITH that changes rows")
        } else if statement.rowChanges > 0 {
            self = .uncounted(statement.kind == "SELECT" ? "WITH that changes rows" : "\(statement.kind) of a change")
        } else {
            self = actions.contains(.insert) ? .counted : .none
        }
    }

    private static func executes(_ statement: AnalyzedStatement) -> Bool {
        statement.session.contains { if case .executes = $0 { true } else { false } }
    }

    /// Why the rows of these, which run as one message, cannot be bounded; nil where they can.
    static func problem(_ statements: [AnalyzedStatement]) -> String? {
        let changes = statements.map { CountedChange($0) }
        for case .uncounted(let words) in changes {
            return "\(words): the target does not say how many rows that changes"
        }
        let ends = statements.contains { statement in
            statement.session.contains { if case .transaction = $0 { true } else { false } }
        }
        guard ends, changes.contains(.counted) else { return nil }
        return "a change and a transaction's BEGIN, COMMIT or ROLLBACK in one message: send them one by one"
    }
}
