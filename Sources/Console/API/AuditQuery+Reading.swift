internal import AccessModel

extension AuditQuery {
    /// The names of the filters, as parameters of a URL: those of `audit search`, with underscores.
    static let names: Set<String> = [
        "principal", "role", "owner", "pipeline", "run", "commit", "repository", "triggered_by", "target", "object",
        "action", "decision", "session", "since", "until", "text", "kind",
    ]

    /// What is looked at where `kind` says nothing.
    static let usualKinds: Set<RecordKind> = [.command, .authenticationRefused]

    /// Reads the filters. Throws 400 for a value that is none.
    init(_ query: QueryFields, now: Timestamp) throws {
        self.init()
        principal = query["principal"]
        role = query["role"]
        owner = query["owner"]
        pipeline = query["pipeline"]
        run = query["run"]
        commit = query["commit"]
        repository = query["repository"]
        triggeredBy = query["triggered_by"]
        target = query["target"]
        object = query["object"]
        action = try query.value("action", "an action such as select or update") { Action(rawValue: $0) }
        decision = try query.value("decision", "allow, hold or deny") { DecisionOutcome(rawValue: $0) }
        session = try query.value("session", "a session's id") { ULID($0) }
        let time = "a time such as 2026-11-23T22:13:47Z, a day, or 15m, 8h, 7d ago"
        since = try query.value("since", time) { Moment($0)?.beginning(now: now) }
        until = try query.value("until", time) { Moment($0)?.end(now: now) }
        text = try query.value("text", "words") { $0.contains { $0.isLetter || $0.isNumber } ? $0 : nil }
        kinds =
            try query.value("kind", "`all`, or kinds of records with commas between them") { Kinds($0) }
            .map(\.kinds) ?? AuditQuery.usualKinds
    }

    private struct Kinds {
        /// Nil is every kind.
        var kinds: Set<RecordKind>?

        init?(_ text: String) {
            guard text != "all" else { return }
            let words = text.split(separator: ",", omittingEmptySubsequences: false)
            let read = words.compactMap { RecordKind(rawValue: String($0)) }
            // An outcome is part of its command, and no kind of its own here.
            guard read.count == words.count, !read.contains(.outcome) else { return nil }
            kinds = Set(read)
        }
    }
}
