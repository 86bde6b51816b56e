import AccessModel

/// What is too wide, without effect, or not served yet in the grants of a role.
struct GrantLint {
    let role: Role
    let sink: DiagnosticSink

    func run() {
        for grant in role.grants {
            for rule in grant.rules where rule.verdict == .allow { lintWidth(rule) }
            lintUnserved(grant)
        }
        for (_, grants) in Dictionary(grouping: role.grants, by: \.target) {
            lintReach(grants.flatMap(\.rules))
        }
    }

    private func lintWidth(_ rule: Grant.Rule) {
        if rule.pattern.isEverything, rule.action != .twoPhase {
            warn(rule, "allows \(rule.action.rawValue) on everything: name what the role uses")
        } else if rule.action == .serverProgram, rule.pattern.exact == nil {
            warn(rule, "a pattern for a program lets the shell's own syntax in (`;`, `|`, `$()`)")
        }
    }

    /// A deny wins over an allow, and a hold too.
    private func lintReach(_ rules: [Grant.Rule]) {
        let stronger = rules.filter { $0.verdict != .allow && $0.pattern.columns == nil }
        for rule in rules where rule.verdict == .allow {
            let winner = stronger.first { other in
                other.action == rule.action
                    && (other.pattern.name == rule.pattern.name
                        || rule.pattern.exact.map(other.pattern.matches) ?? false)
            }
            guard let winner else { continue }
            warn(rule, "`\(rule.pattern.text.shown)` has no effect: \(winner.path) (line \(winner.place.line)) wins")
        }
    }

    private func lintUnserved(_ grant: Grant) {
        if let rule = grant.rules.first(where: { $0.verdict == .hold }) {
            warn(rule, "approvals are not served yet by this version: what is held is refused")
        }
    }

    private func warn(_ rule: Grant.Rule, _ words: String) {
        sink.report(.warning, at: rule.place, "\(rule.path.shown): \(words)")
    }
}
