/// What is said in place of a target's message.
enum WithheldText {
    static let reason = "(the target's words are withheld: they could show masked values)"

    /// By SQLSTATE, or by its class (PostgreSQL manual, Appendix A).
    static func of(_ state: String) -> String {
        states[state] ?? classes[String(state.prefix(2))] ?? "the target reports \(state)"
    }

    private static let states = [
        "00000": "notice", "01000": "warning",
        "21000": "more rows than one in a subquery used as an expression, or a row affected twice",
        "22001": "value too long for its type", "22003": "value out of range for its type",
        "22007": "invalid form of a date or time", "22008": "date or time out of range", "22012": "division by zero",
        "22021": "character not in the encoding", "22P02": "invalid input syntax", "22P03": "invalid binary form",
        "23502": "null value violates a not-null constraint", "23503": "a foreign key constraint is violated",
        "23505": "duplicate key value violates a unique constraint", "23514": "a check constraint is violated",
        "23P01": "an exclusion constraint is violated", "42501": "permission denied",
        "P0001": "raised by a function or trigger",
    ]

    private static let classes = [
        "00": "notice", "01": "warning", "02": "no data", "08": "connection failure", "0A": "feature not supported",
        "21": "cardinality violation", "22": "invalid value", "23": "a constraint is violated",
        "25": "invalid transaction state", "40": "transaction rolled back",
        "42": "the statement cannot be executed as it is written", "44": "a view's check option is violated",
        "53": "insufficient resources", "54": "a limit of the server is exceeded", "55": "object not in a fit state",
        "57": "operator intervention", "58": "system error", "HV": "a foreign-data wrapper failed",
        "P0": "a procedural body failed", "XX": "internal error of the target",
    ]
}
