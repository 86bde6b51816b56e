package import AccessModel

extension PolicySet {
    /// What one role, or all roles of a session together, say of one effect.
    struct Finding {
        var outcome: DecisionOutcome
        var role: String
        /// The path of the grant; nil where nothing covers the effect, and for a mask.
        var grant: String?
        var reason: String?
        var hint: String?
    }

    /// Decides a command: a deny wins, then a hold, then allow; an effect that nothing covers is denied.
    ///
    /// Each effect has to be covered by one of the roles; different effects may be covered by different roles. A role
    /// that has ended, is stopped or is not in this policy covers nothing and denies nothing.
    package func decide(_ request: AccessRequest) -> Decision {
        let live = access(for: request)
        guard let first = live.first else { return denial(request, reason: absence(request)) }
        var granted: Finding?
        var grantedIsChange = false
        var held: (finding: Finding, effect: Effect)?
        for effect in request.effects {
            let finding = find(effect, live, request)
            switch finding.outcome {
            case .deny: return decision(finding, effect)
            case .hold: if held == nil { held = (finding, effect) }
            case .allow:
                let isFirstChange = effect.action.isChange && !grantedIsChange
                guard granted == nil || isFirstChange else { continue }
                granted = finding
                grantedIsChange = effect.action.isChange
            }
        }
        if let held { return decision(held.finding, held.effect) }
        return Decision(outcome: .allow, role: granted?.role ?? first.name, grant: granted?.grant, policy: id)
    }

    typealias LiveAccess = (name: String, access: CompiledRole.Access)

    /// The roles of the request that count now, and have a grant on the target.
    func access(for request: AccessRequest) -> [LiveAccess] {
        request.roles.compactMap { name in
            guard let compiled = roles[name], compiled.role.isLive(at: request.at),
                let access = compiled.access[request.target]
            else { return nil }
            return (name, access)
        }
    }

    func find(_ effect: Effect, _ live: [LiveAccess], _ request: AccessRequest) -> Finding {
        for (name, access) in live {
            if let rule = access.deny.touching(effect) {
                return Finding(outcome: .deny, role: name, grant: rule.path, reason: refusal([name], effect))
            }
            if access.masks.hides(effect) {
                let reason = "\(refusal([name], effect)): masks on it are not served yet by this version"
                return Finding(outcome: .deny, role: name, reason: reason)
            }
        }
        for (name, access) in live {
            guard let rule = access.hold.touching(effect), effect.object.isKnown(for: effect.action) else { continue }
            let reason =
                "role \(name) may \(effect.sentence) only after an approval, which this version does not serve yet"
            return Finding(outcome: .hold, role: name, grant: rule.path, reason: reason)
        }
        for (name, access) in live {
            guard let rule = access.allow.covering(effect) else { continue }
            return Finding(outcome: .allow, role: name, grant: rule.path)
        }
        let hint = SmallestGrant(effect).map { "a grant on \(request.target) would allow it: `allow: {\($0.text)}`" }
        return Finding(
            outcome: .deny,
            role: live.first?.name ?? "",
            reason: refusal(request.roles, effect),
            hint: hint
        )
    }

    private func decision(_ finding: Finding, _ effect: Effect) -> Decision {
        Decision(
            outcome: finding.outcome,
            role: finding.role,
            grant: finding.grant,
            policy: id,
            effect: effect,
            reason: finding.reason,
            hint: finding.hint
        )
    }

    private func denial(_ request: AccessRequest, reason: String) -> Decision {
        Decision(
            outcome: .deny,
            role: request.roles.first ?? "",
            policy: id,
            effect: request.effects.first,
            reason: reason
        )
    }

    private func refusal(_ names: [String], _ effect: Effect) -> String {
        "\(PolicySet.subject(names)) may not \(effect.sentence)"
    }

    /// Why none of the roles counts.
    private func absence(_ request: AccessRequest) -> String {
        guard let name = request.roles.first else { return "the session has no role" }
        guard let role = roles[name]?.role else { return "role \(name) is not in the policy in force" }
        if role.isStopped { return "role \(name) is stopped: its owner has left" }
        if request.at >= role.expires { return "role \(name) has expired" }
        return "\(PolicySet.subject(request.roles)) may not use target \(request.target)"
    }

    static func subject(_ names: [String]) -> String {
        "role\(names.count == 1 ? "" : "s") \(names.joined(separator: ", "))"
    }
}
