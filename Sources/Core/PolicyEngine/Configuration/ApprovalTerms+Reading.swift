import AccessModel

extension ApprovalTerms {
    /// `{approvers: ["group:dba", ana@example.com], quorum: 1, within: 15m, escalate: {after: 5m, to: ["group:leads"]},
    /// owner_may_approve: false}`; the owner is the role's.
    static func read(_ field: Field, people: [Person], owner: String?) -> ApprovalTerms? {
        guard var map = MappingReader(field) else { return nil }
        let approvers = map.required("approvers") { readApprovers($0, people) }
        let quorum = map.optional("quorum", default: 1) { $0.integer(in: 1...16) }
        let within = map.optional("within", default: .seconds(900)) {
            $0.duration(in: .seconds(10)...(.seconds(7 * 86_400)))
        }
        let escalation = map.optional("escalate") { readEscalation($0, people) }
        let mayOwner = map.optional("owner_may_approve", default: true) { $0.boolean() }
        map.finish()
        guard let approvers else { return nil }
        if let escalation, escalation.after >= within {
            return field.fail("it is over before anybody is asked as well: `escalate.after` must be less than `within`")
        }
        let excluded = mayOwner ? [] : [owner].compactMap { $0 }
        let terms = ApprovalTerms(
            approvers: approvers,
            quorum: quorum,
            within: within,
            escalation: escalation,
            excluded: excluded
        )
        guard let able = terms.people(among: people), able < quorum else { return terms }
        return field.fail("a quorum of \(quorum) can never be reached: \(able) active people may approve")
    }

    private static func readEscalation(_ field: Field, _ people: [Person]) -> Escalation? {
        guard var map = MappingReader(field) else { return nil }
        let after = map.required("after") { $0.duration(in: .seconds(10)...(.seconds(7 * 86_400))) }
        let to = map.required("to") { readApprovers($0, people) }
        map.finish()
        guard let after, let to else { return nil }
        return Escalation(after: after, to: to)
    }

    private static func readApprovers(_ field: Field, _ people: [Person]) -> [Approver]? {
        Approver.readList(field, people: people)
    }

    /// How many active people of the file may approve.
    private func people(among people: [Person]) -> Int? {
        let all = approvers + (escalation?.to ?? [])
        // How many people use the gateway's machine is not in the file.
        guard !all.contains(.local) else { return nil }
        return people.count { person in
            person.status == .active && !excluded.contains(person.id)
                && all.contains { approver in
                    switch approver {
                    case .person(let id): id == person.id
                    case .group(let name): person.groups.contains(name)
                    case .local: false
                    }
                }
        }
    }

}

extension Approver {
    static func readList(_ field: Field, people: [Person]) -> [Approver]? {
        field.list(of: "people and groups") { read($0, people: people) }
    }

    private static func read(_ field: Field, people: [Person]) -> Approver? {
        guard let text = field.line(limit: 256) else { return nil }
        guard text != "local" else { return .local }
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
