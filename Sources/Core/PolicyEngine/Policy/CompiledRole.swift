import AccessModel

/// A role with its grants in the form in which decisions look them up.
struct CompiledRole: Sendable {
    /// What the role may do on one target. A class, so that a decision copies one reference and not four tables.
    final class Access: Sendable {
        let allow: RuleTable
        let deny: RuleTable
        let hold: RuleTable
        let masks: MaskTable
        /// Of each grant.
        let terms: [GrantTerms]

        init(_ grants: [(grant: Grant, terms: GrantTerms)]) {
            let rules = grants.flatMap { pair in pair.grant.rules.map { CompiledRule(rule: $0, terms: pair.terms) } }
            allow = RuleTable(rules.filter { $0.rule.verdict == .allow })
            deny = RuleTable(rules.filter { $0.rule.verdict == .deny })
            hold = RuleTable(rules.filter { $0.rule.verdict == .hold })
            masks = MaskTable(grants.flatMap(\.grant.masks))
            terms = grants.map(\.terms)
        }
    }

    let role: Role
    /// By the name of the target.
    let access: [String: Access]
    /// Of the session and of every grant.
    private let windows: [TimeWindow]

    init(_ role: Role) {
        self.role = role
        let pairs = role.grants.enumerated().map { index, grant in
            (grant: grant, terms: GrantTerms(grant, path: "roles.\(role.name).grants[\(index)]"))
        }
        access = Dictionary(grouping: pairs, by: \.grant.target).mapValues(Access.init)
        windows = Array(Set(role.grants.compactMap(\.window) + [role.session.window].compactMap { $0 }))
    }

    /// The first moment after this one at which the role counts differently; nil where it has ended for good.
    func nextChange(after moment: Timestamp) -> Timestamp? {
        guard !role.isStopped, moment < role.expires else { return nil }
        return windows.compactMap { $0.nextEdge(after: moment) }.reduce(role.expires, min)
    }
}
