import AccessModel

/// A role with its grants in the form in which decisions look them up.
struct CompiledRole: Sendable {
    /// What the role may do on one target. A class, so that a decision copies one reference and not four tables.
    final class Access: Sendable {
        let allow: RuleTable
        let deny: RuleTable
        let hold: RuleTable
        let masks: MaskTable

        init(_ grants: [Grant]) {
            let rules = grants.flatMap(\.rules)
            allow = RuleTable(rules.filter { $0.verdict == .allow })
            deny = RuleTable(rules.filter { $0.verdict == .deny })
            hold = RuleTable(rules.filter { $0.verdict == .hold })
            masks = MaskTable(grants.flatMap(\.masks))
        }
    }

    let role: Role
    /// By the name of the target.
    let access: [String: Access]

    init(_ role: Role) {
        self.role = role
        access = Dictionary(grouping: role.grants, by: \.target).mapValues(Access.init)
    }
}
