import AccessModel

/// What is too wide or without effect in the grants of a role.
struct GrantLint {
    let role: Role
    let sink: DiagnosticSink

    /// Rules of one role that are compared with each other: it takes the square of their number.
    private static let compared = 1000

    func run() {
        for (index, grant) in role.grants.enumerated() {
            for rule in grant.rules where rule.verdict == .allow { lintWidth(rule) }
            lintIdle(grant, "roles.\(role.name).grants[\(index)]")
        }
        let count = role.grants.reduce(0) { $0 + $1.rules.count }
        let isCompared = count <= GrantLint.compared
        if !isCompared {
            let words = "\(count) entries are too many to look for those without effect"
            sink.report(.warning, at: role.place, "roles.\(role.name): \(words)")
        }
        for (_, grants) in Dictionary(grouping: role.grants, by: \.target).sorted(by: { $0.key < $1.key }) {
            if isCompared { lintComparing(grants) }
            if grants.contains(where: { !$0.masks.isEmpty }) { lintMasks(grants) }
        }
    }

    private func lintComparing(_ grants: [Grant]) {
        lintReach(grants)
        for grant in grants { lintRepetition(grant.rules.filter { $0.verdict == .allow }) }
    }

    private func lintWidth(_ rule: Grant.Rule) {
        if rule.pattern.isEverything, rule.action != .twoPhase {
            warn(rule, "allows \(rule.action.rawValue) on everything: name what the role uses")
        } else if rule.action == .serverProgram, rule.pattern.exact == nil {
            warn(rule, "a pattern for a program lets the shell's own syntax in (`;`, `|`, `$()`)")
        } else if GrantLint.isDestructive(rule.action), case .qualified(_, let name) = rule.pattern.name,
            name.isEverything
        {
            let words = "allows \(rule.action.rawValue) on all of a schema, also on what is created later"
            warn(rule, "`\(rule.pattern.text.shown)` \(words): name what the role uses")
        }
    }

    private static func isDestructive(_ action: Action) -> Bool {
        switch action {
        case .delete, .truncate, .drop, .alter, .grant: true
        case .select, .insert, .update, .lock, .create, .execute, .do, .maintain, .set, .setRole, .listen, .notify,
            .serverFile, .serverProgram, .administer, .twoPhase:
            false
        }
    }

    /// A deny wins over an allow, and a hold too; not one that has hours, unless the allow stands beside it.
    private func lintReach(_ grants: [Grant]) {
        for grant in grants {
            let stronger = grants.filter { $0.window == nil || $0.place == grant.place }.flatMap(\.rules)
                .filter { $0.verdict != .allow }
            for rule in grant.rules where rule.verdict == .allow {
                let winner = stronger.first { other in
                    other.action == rule.action && other.pattern.columns == nil && other.pattern.contains(rule.pattern)
                }
                guard let winner else { continue }
                let words = "has no effect: \(winner.path) (line \(winner.place.line)) wins"
                warn(rule, "`\(rule.pattern.text.shown)` \(words)")
            }
        }
    }

    /// What another allow of the same grant covers already; of two that are the same, the later.
    private func lintRepetition(_ rules: [Grant.Rule]) {
        for (index, rule) in rules.enumerated() {
            let wider = rules.enumerated().first { other, candidate in
                other != index && candidate.action == rule.action && GrantLint.covers(candidate.pattern, rule.pattern)
                    && (other < index || !GrantLint.covers(rule.pattern, candidate.pattern))
            }
            guard let wider = wider?.element else { continue }
            let words = "is covered by `\(wider.pattern.text.shown)` (line \(wider.place.line)) already"
            warn(rule, "`\(rule.pattern.text.shown)` \(words)")
        }
    }

    private static func covers(_ wider: ObjectPattern, _ pattern: ObjectPattern) -> Bool {
        guard wider.contains(pattern) else { return false }
        guard let columns = wider.columns else { return true }
        return pattern.columns?.allSatisfy { column in columns.contains { $0.hasBytes(of: column) } } ?? false
    }

    /// A function's body is not looked into.
    private func lintMasks(_ grants: [Grant]) {
        for rule in grants.flatMap(\.rules) where rule.verdict == .allow && rule.action == .execute {
            warn(rule, "`\(rule.pattern.text.shown)` beside masks: what a function reads and returns is not masked")
        }
    }

    private func lintIdle(_ grant: Grant, _ path: String) {
        let verdicts = Set(grant.rules.map(\.verdict))
        if grant.obligations != .none, verdicts == [.deny] {
            sink.report(.warning, at: grant.place, "\(path): its limit and detect have no effect: it allows nothing")
        }
        if grant.approval != nil, !verdicts.contains(.hold) {
            sink.report(.warning, at: grant.place, "\(path): its approval has no effect: it holds nothing")
        }
        if grant.approval == nil, let rule = grant.rules.first(where: { $0.verdict == .hold }) {
            warn(rule, "its grant has no `approval`: nobody may approve what is held, so it is refused")
        }
    }

    private func warn(_ rule: Grant.Rule, _ words: String) {
        sink.report(.warning, at: rule.place, "\(rule.path.shown): \(words)")
    }
}
