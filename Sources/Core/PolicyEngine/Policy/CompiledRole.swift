import AccessModel

/// A role with its grants in the form in which decisions look them up.
struct CompiledRole: Sendable {
    /// What the role may do on one target.
    struct Access: Sendable {
        var allow: RuleTable
        var deny: RuleTable
        var hold: RuleTable
        var masks: MaskTable

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
