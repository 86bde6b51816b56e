internal import AccessModel
internal import Approvals
internal import Console

/// An approval that the running gateway does not know any more, as its records tell of it.
struct PastApproval: Sendable {
    let id: String
    /// Of a request that nothing is told of after, the gateway's end was the end.
    let state: String
    /// As the API gives an approval, without its last bracket; `"from_ledger":true`.
    private let members: JSONBytes
    private let approvers: [String]
    private let people: [String]
    /// Of whoever asked.
    let principal: Principal?
    let isChangeSet: Bool

    /// `lines`: its records, in their order. Nil where they have no request.
    init?(_ lines: [[UInt8]]) {
        let records = lines.compactMap { JSONMembers($0) }
        guard let request = records.first(where: { $0.string("kind") == RecordKind.approvalRequested.rawValue }),
            let asked = request.object("approval"), let id = asked.string("id")
        else { return nil }
        let decided = records.filter { $0.string("kind") == RecordKind.approvalDecided.rawValue }
        let isEscalated = records.contains { $0.string("kind") == RecordKind.approvalEscalated.rawValue }
        let last = decided.last { $0.object("approval")?.string("state") != "waiting" }
        let terms = asked.objects("terms")
        var names = terms.flatMap { $0.strings("approvers") }
        if isEscalated { names += terms.flatMap { $0.object("escalation")?.strings("to") ?? [] } }
        self.id = id
        state = last?.object("approval")?.string("state") ?? "withdrawn"
        approvers = names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        let triggered = request.object("provenance")?.string("triggered_by")
        people = decided.compactMap { $0.object("principal")?.string("subject") } + [triggered].compactMap(\.self)
        principal = request.object("principal").flatMap { members in
            guard let kind = members.string("kind").flatMap(Principal.Kind.init(rawValue:)),
                let issuer = members.string("issuer"), let subject = members.string("subject")
            else { return nil }
            return Principal(kind: kind, issuer: issuer, subject: subject)
        }
        isChangeSet = request.object("change_set") != nil
        var json = JSONBytes(reserving: 2048)
        json.appendRaw("{")
        json.member("id")
        json.append(id)
        json.member("state")
        json.append(state)
        json.member("from_ledger")
        json.append(true)
        PastApproval.append(request, asked, &json)
        json.member("ended")
        json.append(last?.string("time"))
        json.member("missing")
        json.append(Int64(0))
        json.member("approvers")
        json.append(approvers)
        json.member("escalated")
        json.append(isEscalated)
        PastApproval.append(answers: decided, &json)
        PastApproval.append(subjectOf: request, asked, used: last, &json)
        json.member("requesters")
        json.append([triggered].compactMap(\.self))
        members = json
    }

    var json: JSONBytes {
        var json = members
        json.appendRaw("}")
        return json
    }

    /// For one person, who cannot answer it any more.
    var closed: JSONBytes {
        var json = members
        json.member("may_answer")
        json.append(false)
        json.member("may_not_answer_because")
        json.append(ApprovalRefusal.over(state).description)
        json.appendRaw("}")
        return json
    }

    /// Whether it concerned them, as its records name people.
    func concerns(_ person: SignedInPerson) -> Bool {
        let names = Set(([person.id, person.name] + person.aliases).map { $0.lowercased() })
        return people.contains { names.contains($0.lowercased()) }
            || approvers.contains { approver in
                if approver == Approver.local.description { return person.isLocal }
                if approver == person.id { return !person.isLocal }
                return person.groups.contains { Approver.group($0).description == approver }
            }
    }

    private static func append(_ request: JSONMembers, _ asked: JSONMembers, _ json: inout JSONBytes) {
        json.member("digest")
        json.append(asked.string("digest") ?? "")
        json.member("created")
        json.append(request.string("time") ?? "")
        json.member("expires")
        json.append(asked.string("expires") ?? "")
    }

    private static func append(answers decided: [JSONMembers], _ json: inout JSONBytes) {
        json.member("answers")
        json.appendList(decided.filter { $0.object("approval")?.string("answer") != nil }) { record, json in
            json.appendRaw("{")
            json.member("person")
            json.append(record.object("principal")?.string("subject") ?? "?")
            json.member("answer")
            json.append(record.object("approval")?.string("answer"))
            json.member("reason")
            json.append(record.object("approval")?.string("reason"))
            json.member("time")
            json.append(record.string("time"))
            json.appendRaw("}")
        }
    }

    private static func append(
        subjectOf request: JSONMembers,
        _ asked: JSONMembers,
        used last: JSONMembers?,
        _ json: inout JSONBytes
    ) {
        let set = request.object("change_set")
        json.member("kind")
        json.append(set == nil ? "command" : "change_set")
        json.member("reason")
        json.append(set?.string("reason"))
        for name in ["role", "target", "session", "principal", "roles", "provenance"] as [StaticString] {
            json.member(name)
            if let raw = request.raw(name) { json.appendRaw(raw) } else { json.appendNull() }
        }
        for (name, raw) in [("command", request.raw("command")), ("decision", request.raw("decision"))]
            as [(StaticString, ArraySlice<UInt8>?)]
        {
            guard let raw else { continue }
            json.member(name)
            json.appendRaw(raw)
        }
        for name in ["in_transaction", "estimated_rows"] as [StaticString] {
            guard let raw = asked.raw(name) else { continue }
            json.member(name)
            json.appendRaw(raw)
        }
        guard let set, let raw = request.raw("change_set") else { return }
        json.member("change_set")
        json.appendRaw(raw.dropLast())
        json.member("used")
        json.appendRaw(last?.object("approval")?.raw("used") ?? Array("[]".utf8)[...])
        json.appendRaw("}")
        json.member("open")
        json.append(false)
        append(commandOf: set, &json)
    }

    /// What lists show of a set: its text and what it does.
    private static func append(commandOf set: JSONMembers, _ json: inout JSONBytes) {
        let statements = set.objects("statements")
        json.member("command")
        json.appendRaw("{")
        json.member("text")
        json.append(statements.compactMap { $0.string("text") }.joined(separator: ";\n"))
        json.member("parameters")
        json.appendRaw("[]")
        json.member("effects")
        json.appendList(statements.flatMap { $0.elements("effects").map { set.text.bytes[$0] } }) { $1.appendRaw($0) }
        json.appendRaw("}")
    }
}
