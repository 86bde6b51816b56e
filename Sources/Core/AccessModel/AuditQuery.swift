/// What a search asks for. Filters narrow together; nil asks nothing.
package struct AuditQuery: Hashable, Sendable {
    /// The subject, exactly.
    package var principal: String?
    /// The role that decided, or one of the session's.
    package var role: String?
    package var owner: String?
    package var pipeline: String?
    package var run: String?
    package var commit: String?
    package var repository: String?
    package var triggeredBy: String?
    package var target: String?
    /// An object of an effect; `*` stands for any characters.
    package var object: String?
    package var action: Action?
    package var decision: DecisionOutcome?
    package var session: ULID?
    package var since: Timestamp?
    /// Before then.
    package var until: Timestamp?
    /// Words that the statement's text must hold, all of them.
    package var text: String?
    /// Nil for every kind. Outcomes are told with their commands and never alone.
    package var kinds: Set<RecordKind>?

    package init() {}
}
