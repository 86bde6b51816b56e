internal import AccessModel

/// A record told in a few lines: who, what, when, and how it ended, from the record and those of its session and outcome
/// that are in the bundle.
package struct EvidenceAction: Hashable, Sendable {
    package var index: UInt64
    package var id: String
    package var time: String
    package var kind: String
    package var session: String?
    /// Names and values, in the order in which they are told. What the records do not say is not among them.
    package var facts: [Fact]

    package struct Fact: Hashable, Sendable {
        package var name: String
        package var value: String
    }

    /// The statement, or what else happened, and its result, on one line.
    package var headline: String { facts.first { $0.name == "what" }?.value ?? kind }
    package var who: String? { facts.first { $0.name == "who" }?.value }
}

extension EvidenceAction {
    /// One for each record but those that only complete another: outcomes of commands that are there.
    package static func all(in records: [EvidenceRecord], blobs: [String: [UInt8]]) -> [EvidenceAction] {
        var sessions: [String: EvidenceRecord] = [:]
        var outcomes: [UInt64: EvidenceRecord] = [:]
        var commands: Set<UInt64> = []
        for record in records {
            if record.kind == RecordKind.sessionOpened.rawValue, let id = record.session { sessions[id] = record }
            if record.kind == RecordKind.command.rawValue { commands.insert(record.index) }
            if let of = record.members.number("of_index") { outcomes[of] = record }
        }
        return records.compactMap { record in
            if let of = record.members.number("of_index"), commands.contains(of) { return nil }
            let session = record.session.flatMap { sessions[$0] } ?? record
            return EvidenceAction(record, session: session, outcome: outcomes[record.index], blobs: blobs)
        }
    }

    private init(
        _ record: EvidenceRecord,
        session: EvidenceRecord,
        outcome: EvidenceRecord?,
        blobs: [String: [UInt8]]
    ) {
        index = record.index
        id = record.id
        time = record.time
        kind = record.kind
        self.session = record.session
        facts = []
        add("what", EvidenceAction.what(record, blobs))
        add("who", EvidenceAction.who(record, session))
        let origin = session.members.object("provenance")
        for name in ["triggered_by", "repository", "commit", "ref", "pipeline", "run", "job"] {
            add(name.replacing("_", with: " "), origin.flatMap { EvidenceAction.string($0, name) })
        }
        add("from", session.members.object("source")?.string("address"))
        add("on", EvidenceAction.target(session))
        add("reason", session.members.string("reason"))
        add("decision", EvidenceAction.decision(record))
        add("approved by", record.members.object("approval")?.strings("approvers").joined(separator: ", "))
        add("result", EvidenceAction.result(record, outcome))
        add("policy", record.policy.map { "sha256:\($0)" })
    }

    private mutating func add(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        facts.append(Fact(name: name, value: value.onOneLine))
    }

    /// The reader of JSON takes names that the program knows; these are.
    private static func string(_ members: JSONMembers, _ name: String) -> String? {
        members.members.first { members.text.bytes[$0.name].elementsEqual(name.utf8) }
            .flatMap { members.text.string(at: $0.value) }
    }

    private static func what(_ record: EvidenceRecord, _ blobs: [String: [UInt8]]) -> String {
        let members = record.members
        if let command = members.object("command") {
            if let text = command.string("text") { return text }
            if let text = command.string("sha256").flatMap({ blobs[$0] }) {
                return String(decoding: text, as: UTF8.self)
            }
            return "a statement of \(command.number("bytes").map { "\($0)" } ?? "?") bytes, which is not in the bundle"
        }
        if record.kind.hasPrefix("approval."), let approval = members.object("approval") {
            let words = [approval.string("state"), approval.string("answer"), approval.string("reason")]
            return "\(record.kind): \(words.compactMap { $0 }.joined(separator: ", "))"
        }
        if let refusal = members.object("refusal") { return "refused: \(refusal.string("reason") ?? "?")" }
        if let close = members.object("close") { return "session closed: \(close.string("reason") ?? "?")" }
        if let gateway = members.object("gateway") {
            return "\(record.kind) \(gateway.string("reason") ?? gateway.string("version") ?? "")"
        }
        return record.kind
    }

    private static func who(_ record: EvidenceRecord, _ session: EvidenceRecord) -> String? {
        // An answer is a person's, who has no role in the session.
        if let person = record.members.object("principal"), record.kind == RecordKind.approvalDecided.rawValue {
            return person.string("subject")
        }
        let subject = session.members.object("principal")?.string("subject")
        let roles = session.members.objects("roles")
        let name = record.members.object("decision")?.string("role") ?? roles.first?.string("name")
        let owner = roles.first { $0.string("name") == name }?.string("owner")
        let role = name.map { "\($0)\(owner.map { " (owner \($0))" } ?? "")" }
        let words = [role, subject].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static func target(_ session: EvidenceRecord) -> String? {
        guard let target = session.members.object("target"), let name = target.string("name") else { return nil }
        return target.string("database").map { "\(name)/\($0)" } ?? name
    }

    private static func decision(_ record: EvidenceRecord) -> String? {
        guard let decision = record.members.object("decision"), let outcome = decision.string("outcome") else {
            return nil
        }
        return [outcome, decision.string("grant"), decision.string("reason")].compactMap { $0 }.joined(separator: ", ")
    }

    private static func result(_ record: EvidenceRecord, _ outcome: EvidenceRecord?) -> String? {
        guard record.kind == RecordKind.command.rawValue else { return nil }
        guard let outcome = outcome?.members.object("outcome"), let status = outcome.string("status") else {
            let isAllowed = record.members.object("decision")?.string("outcome") == "allow"
            return isAllowed ? "its outcome is not in the bundle" : "not executed"
        }
        let rows = outcome.number("rows").map { "\($0) row\($0 == 1 ? "" : "s")" }
        return [status, rows, outcome.string("error")].compactMap { $0 }.joined(separator: ", ")
    }
}
