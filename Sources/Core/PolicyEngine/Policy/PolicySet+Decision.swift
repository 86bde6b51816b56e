package import AccessModel

extension PolicySet {
    /// Decides a command: a deny wins, then a hold, then allow; an effect that nothing covers is denied.
    ///
    /// Each effect has to be covered by the roles together; different effects, and different columns of one, may be
    /// covered by different roles. A role that has ended, is stopped, is outside of its hours or is not in this policy
    /// covers nothing and denies nothing. What is owed is the smallest of the grants that decided; a command without
    /// effects, which no grant decides, owes the smallest of all grants that count.
    package func decide(_ request: AccessRequest) -> Decision {
        let live = access(for: request)
        var owed = Obligations(literals: literals(of: request.roles))
        guard let first = live.first else { return denial(request, reason: absence(request), owed) }
        var granted: Finding?
        var grantedIsChange = false
        var held: (finding: Finding, effect: Effect)?
        var holding: [GrantTerms] = []
        for effect in request.effects {
            let finding = find(effect, live, request)
            if finding.outcome == .deny {
                return decision(finding, effect, Obligations(literals: owed.literals))
            }
            for terms in finding.terms { owed.add(terms.obligations) }
            if finding.outcome == .hold {
                if held == nil { held = (finding, effect) }
                for terms in finding.terms where !holding.contains(where: { $0 === terms }) { holding.append(terms) }
            } else if granted == nil || effect.action.isChange && !grantedIsChange {
                granted = finding
                grantedIsChange = effect.action.isChange
            }
        }
        if let held { return decision(held.finding, held.effect, owed, approvals: PolicySet.approvals(of: holding)) }
        if request.effects.isEmpty { owed.add(leastObligations(live, at: request.at)) }
        return Decision(
            outcome: .allow,
            role: granted?.role ?? first.name,
            grant: granted?.grant,
            policy: id,
            obligations: owed
        )
    }

    /// The roles of the request that count now, and have a grant on the target.
    func access(for request: AccessRequest) -> [LiveRole] {
        request.roles.compactMap { name in
            guard let compiled = roles[name], compiled.role.isLive(at: request.at),
                let access = compiled.access[request.target]
            else { return nil }
            return LiveRole(name: name, access: access)
        }
    }

    func find(_ effect: Effect, _ live: [LiveRole], _ request: AccessRequest) -> Finding {
        for role in live {
            if let rule = role.access.deny.touching(effect, at: request.at) {
                let reason = refusal([role.name], effect.sentence)
                return Finding(outcome: .deny, role: role.name, grant: rule.rule.path, reason: reason)
            }
            if role.access.masks.hides(effect, isServed: request.servesMasks) {
                let reason = "\(refusal([role.name], effect.sentence)): that could show what a mask hides"
                return Finding(outcome: .deny, role: role.name, reason: reason)
            }
        }
        if let held = holds(effect, live, request) { return held }
        let coverage = Coverage(effect, live, at: request.at)
        guard let first = coverage.rules.first else { return uncovered(effect, coverage, live, request) }
        return Finding(
            outcome: .allow,
            role: first.role,
            grant: first.rule.rule.path,
            terms: coverage.rules.map(\.rule.terms)
        )
    }

    /// Whether any grant of these roles holds anything on a target.
    package func mayHold(roles names: [String], target: String) -> Bool {
        names.contains { roles[$0]?.access[target].map { !$0.hold.isEmpty } ?? false }
    }

    /// Where several roles hold an effect, the approvals of all are needed.
    private func holds(_ effect: Effect, _ live: [LiveRole], _ request: AccessRequest) -> Finding? {
        guard effect.object.isKnown(for: effect.action) else { return nil }
        let holding = live.compactMap { role in
            role.access.hold.touching(effect, at: request.at).map { (name: role.name, rule: $0) }
        }
        guard let first = holding.first else { return nil }
        let terms = holding.map(\.rule.terms)
        let words = PolicySet.approvals(of: terms).isEmpty ? ", which its grant names nobody to give" : ""
        let reason = "\(refusal([first.name], effect.sentence, "may")) only after an approval\(words)"
        return Finding(outcome: .hold, role: first.name, grant: first.rule.rule.path, reason: reason, terms: terms)
    }

    /// Empty where one of the grants names nobody: then there is no approval that would do.
    private static func approvals(of terms: [GrantTerms]) -> [ApprovalTerms] {
        let approvals = terms.compactMap(\.approval)
        return approvals.count == terms.count ? approvals : []
    }

    /// The denial of what nothing covers, in the words of what is missing.
    private func uncovered(
        _ effect: Effect,
        _ coverage: Coverage,
        _ live: [LiveRole],
        _ request: AccessRequest
    ) -> Finding {
        let role = live.first?.name ?? ""
        if let closed = Coverage(effect, live, at: nil).rules.first(where: { !$0.rule.terms.isOpen(at: request.at) }) {
            let hours = closed.rule.terms.window.map { "\($0)" } ?? ""
            let reason = "\(refusal(request.roles, effect.sentence)) at this time"
            let hint = "\(closed.rule.rule.path) allows it \(hours)"
            return Finding(outcome: .deny, role: role, reason: reason, hint: hint)
        }
        let part = coverage.isByColumns ? effect.sentence(of: coverage.missing) : nil
        var missing = effect
        missing.columns = coverage.missing
        let wanted = SmallestGrant(missing)?.text
        return Finding(
            outcome: .deny,
            role: role,
            reason: refusal(request.roles, part ?? effect.sentence),
            hint: wanted.map { "a grant on \(request.target) would allow it: `allow: {\($0)}`" },
            wanted: wanted
        )
    }

    private func decision(
        _ finding: Finding,
        _ effect: Effect,
        _ owed: Obligations,
        approvals: [ApprovalTerms] = []
    ) -> Decision {
        Decision(
            outcome: finding.outcome,
            role: finding.role,
            grant: finding.grant,
            policy: id,
            effect: effect,
            reason: finding.reason,
            hint: finding.hint,
            obligations: owed,
            approvals: approvals
        )
    }

    private func denial(_ request: AccessRequest, reason: String, _ owed: Obligations) -> Decision {
        Decision(
            outcome: .deny,
            role: request.roles.first ?? "",
            policy: id,
            effect: request.effects.first,
            reason: reason,
            obligations: owed
        )
    }

    private func refusal(_ names: [String], _ words: String, _ verb: String = "may not") -> String {
        "\(PolicySet.subject(names)) \(verb) \(words)"
    }

    /// Why none of the roles counts.
    private func absence(_ request: AccessRequest) -> String {
        guard let name = request.roles.first else { return "the session has no role" }
        guard let role = roles[name]?.role else { return "role \(name) is not in the policy in force" }
        if role.isStopped { return "role \(name) is stopped: its owner has left" }
        if request.at >= role.expires { return "role \(name) has expired" }
        if let window = role.session.window, !window.contains(request.at) {
            return "role \(name) may not be used at this time, only \(window)"
        }
        return "\(PolicySet.subject(request.roles)) may not use target \(request.target)"
    }

    static func subject(_ names: [String]) -> String {
        "role\(names.count == 1 ? "" : "s") \(names.joined(separator: ", "))"
    }
}
