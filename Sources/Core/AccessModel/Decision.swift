/// What policy says of a command, the grant that said so, and what is owed before it may run.
package struct Decision: Hashable, Sendable {
    package var outcome: DecisionOutcome
    /// The role whose grant decided; for a denial that nothing covers, the role that asked.
    package var role: String
    /// The path of the grant: `roles.nightly-reconcile.grants[0].allow.update`. Nil where nothing covered an effect,
    /// and where a command has no effect that needs a grant.
    package var grant: String?
    /// `sha256:` and the digest of the policy in force.
    package var policy: String
    /// For anything but allow: the effect that was not allowed, or nil where the reason is another.
    package var effect: Effect?
    /// For anything but allow: why, in words for the caller, without the prefix and the record's id:
    /// `role nightly-reconcile may not delete from public.orders`.
    package var reason: String?
    /// For a deny or a hold: what would allow it. For the caller's HINT; nil where there is nothing to say.
    package var hint: String?
    /// What is owed when the command runs. Of a refusal, only what concerns its record.
    package var obligations: Obligations
    /// For a hold: what it takes to run, all of it. Empty where a grant that holds names nobody who may approve.
    package var approvals: [ApprovalTerms]

    package init(
        outcome: DecisionOutcome,
        role: String,
        grant: String? = nil,
        policy: String,
        effect: Effect? = nil,
        reason: String? = nil,
        hint: String? = nil,
        obligations: Obligations = .none,
        approvals: [ApprovalTerms] = []
    ) {
        self.outcome = outcome
        self.role = role
        self.grant = grant
        self.policy = policy
        self.effect = effect
        self.reason = reason
        self.hint = hint
        self.obligations = obligations
        self.approvals = approvals
    }
}

extension JSONBytes {
    package mutating func append(_ decision: Decision) {
        appendRaw("{")
        member("outcome")
        append(decision.outcome.rawValue)
        member("role")
        append(decision.role)
        member("grant")
        append(decision.grant)
        member("policy")
        append(decision.policy)
        if let reason = decision.reason {
            member("reason")
            append(reason)
        }
        appendRaw("}")
    }
}
