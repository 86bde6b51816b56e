/// Who says yes or no to a held command.
package struct ApprovalRule: Hashable, Sendable {
    package enum Approver: Hashable, Sendable {
        case person(String)
        case group(String)
    }

    /// At least one.
    package var approvers: [Approver]
    /// How many different people.
    package var quorum: Int
    package var within: Duration
}

extension ApprovalRule {
    static func read(_ field: Field, people: [Person]) -> ApprovalRule? {
        guard var map = MappingReader(field) else { return nil }
        let approvers = map.required("approvers") { $0.list(of: "approvers") { readApprover($0, people: people) } }
        let quorum = map.optional("quorum", default: 1) { $0.integer(in: 1...16) }
        let within = map.optional("within", default: .seconds(900)) {
            $0.duration(in: .seconds(10)...(.seconds(7 * 86_400)))
        }
        map.finish()
        return approvers.map { ApprovalRule(approvers: $0, quorum: quorum, within: within) }
    }

    private static func readApprover(_ field: Field, people: [Person]) -> Approver? {
        guard let text = field.line(limit: 256) else { return nil }
        guard text.hasPrefix("group:") else {
            return field.reference(to: "person", in: people.map(\.id)).map(Approver.person)
        }
        let group = String(text.dropFirst(6))
        let groups = Set(people.flatMap(\.groups)).sorted()
        guard groups.contains(group) else {
            let suggestion = NearestWord.suggestion(for: group, in: groups)
            return field.fail("nobody is in a group `\(group.shown)`\(suggestion)")
        }
        return .group(group)
    }
}
