package import AccessModel

/// What is told of an approval to people who are not looking: who asks for what, on which target, until when, and where to
/// look. Never a statement's text or a value: whoever may see these follows the link and logs in.
package struct ApprovalNotice: Hashable, Sendable {
    package var event: NotificationEvent
    /// The id of the record that it tells of: the same for each attempt, so that a receiver knows a repeat.
    package var delivery: String
    package var time: Timestamp
    package var approval: String
    /// `command` or `change_set`.
    package var kind: String
    package var state: String
    package var role: String
    package var target: String
    package var database: String
    /// `delete public.orders`; the first of them.
    package var effects: [String]
    package var moreEffects: Int
    /// Whose yes it takes: `group:dba`.
    package var approvers: [String]
    package var expires: String?
    /// Subject, person, repository and commit behind it, as far as its token said.
    package var subject: String?
    package var triggeredBy: String?
    package var repository: String?
    package var commit: String?
    /// Who answered, and what, of an answer.
    package var person: String?
    package var answer: String?
    package var link: String?

    static let shownEffects = 12
    static let longest = 200

    /// Nil for a record that tells of no approval.
    package init?(_ record: JSONMembers, link: (String) -> String?) {
        guard let approval = record.object("approval"), let id = approval.string("id"), ULID(id) != nil,
            let event = ApprovalNotice.event(record, approval), let delivery = record.string("id"),
            let time = record.string("time").flatMap({ Timestamp(rfc3339: $0) })
        else { return nil }
        func line(_ text: String?) -> String? { text.map { String($0.onOneLine.prefix(ApprovalNotice.longest)) } }
        self.event = event
        self.delivery = delivery
        self.time = time
        self.approval = id
        kind = approval.string("kind") == "change_set" ? "change_set" : "command"
        state = line(approval.string("state")) ?? "?"
        role = line(record.string("role")) ?? "?"
        target = line(record.object("target")?.string("name")) ?? "?"
        database = line(record.object("target")?.string("database")) ?? "?"
        let all = ApprovalNotice.effects(record)
        effects = all.prefix(ApprovalNotice.shownEffects).compactMap { line($0) }
        moreEffects = all.count - effects.count
        approvers = ApprovalNotice.approvers(approval)
        expires = line(approval.string("expires"))
        let isAnswer = event == .decided
        subject = isAnswer ? nil : line(record.object("principal")?.string("subject"))
        let provenance = record.object("provenance")
        triggeredBy = line(provenance?.string("triggered_by"))
        repository = line(provenance?.string("repository"))
        commit = line(record.object("change_set")?.string("commit") ?? provenance?.string("commit"))
        person = isAnswer ? line(record.object("principal")?.string("subject")) : nil
        answer = isAnswer ? line(approval.string("answer")) : nil
        self.link = link(id)
    }

    private static func event(_ record: JSONMembers, _ approval: JSONMembers) -> NotificationEvent? {
        switch record.string("kind").flatMap(RecordKind.init(rawValue:)) {
        case .approvalRequested: .requested
        case .approvalEscalated: .escalated
        case .approvalDecided where approval["answer"] != nil: .decided
        case .approvalDecided: approval.string("state") == "expired" ? .expired : .withdrawn
        default: nil
        }
    }

    private static func effects(_ record: JSONMembers) -> [String] {
        let statements = record.object("change_set")?.objects("statements") ?? []
        let effects =
            statements.isEmpty
            ? record.object("command")?.objects("effects") ?? [] : statements.flatMap { $0.objects("effects") }
        var seen: Set<String> = []
        return effects.compactMap { effect -> String? in
            guard let action = effect.string("action"), let object = effect.string("object") else { return nil }
            return seen.insert("\(action) \(object)").inserted ? "\(action) \(object)" : nil
        }
    }

    /// Everybody whom its terms name, or those who are asked now.
    private static func approvers(_ approval: JSONMembers) -> [String] {
        var names = approval.strings("to") + approval.strings("approvers")
        for terms in approval.objects("terms") { names += terms.strings("approvers") }
        return names.reduce(into: []) { all, name in
            if !all.contains(name) { all.append(name) }
        }
    }

    /// `role nightly asks for delete public.orders on orders-db/orders`
    package var sentence: String {
        let what = kind == "change_set" ? "a change set" : "a command"
        let place = "on \(target)/\(database)"
        switch event {
        case .requested: return "Role \(role) asks for an approval of \(what) \(place)."
        case .escalated: return "Nobody has answered role \(role), which asks for an approval of \(what) \(place)."
        case .decided:
            return "\(person ?? "Somebody") said \(answer ?? "?") to \(what) of role \(role) \(place): \(state)."
        case .expired: return "Nobody approved \(what) of role \(role) \(place) in time."
        case .withdrawn: return "Role \(role) does not wait any more for an approval of \(what) \(place)."
        }
    }

    /// What stands below the sentence, by name; what is not known is left out.
    package var facts: [(name: String, value: String)] {
        let more = moreEffects > 0 ? [" and \(moreEffects) more"] : []
        let shown = effects.isEmpty ? nil : (effects + more).joined(separator: ", ")
        let asked = approvers.isEmpty ? nil : approvers.joined(separator: ", ")
        let all: [(String, String?)] = [
            ("Effects", shown), ("Asked", asked), ("Until", expires), ("Identity", subject),
            ("Triggered by", triggeredBy), ("Repository", repository), ("Commit", commit), ("Approval", approval),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}
