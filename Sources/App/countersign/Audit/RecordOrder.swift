/// In which order a person is told the members of a record: who, what, when, how it was decided and what came of it; then
/// whatever else there is, as recorded; then what programs need.
enum RecordOrder: Int, Comparable {
    case asked, other, inner

    private static let first = [
        "time", "role", "owner", "principal.subject", "roles", "target.name", "target.database", "decision.outcome",
        "decision.reason", "decision.grant", "decision.hint", "refusal.reason", "outcome.status", "outcome.rows",
        "outcome.error", "command.effects", "approval.answer", "approval.state", "approval.reason", "close.reason",
    ]
    private static let internals: Set = [
        "session", "n", "salt", "token", "command.bytes", "decision.role", "decision.policy", "target_session.pid",
        "target_session.stamp",
    ]

    /// Where a member stands: its part, and its place in the first one.
    static func place(of name: String) -> (part: RecordOrder, place: Int) {
        if let place = first.firstIndex(of: name) { return (.asked, place) }
        let isHash = name.hasSuffix("sha256") || name.hasSuffix("digest")
        return (isHash || internals.contains(name) ? .inner : .other, 0)
    }

    static func < (left: RecordOrder, right: RecordOrder) -> Bool { left.rawValue < right.rawValue }
}
