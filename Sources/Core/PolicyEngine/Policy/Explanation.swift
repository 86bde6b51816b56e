package import AccessModel

/// A decision with what each effect met.
package struct Explanation: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package var effect: Effect
        package var outcome: DecisionOutcome
        package var role: String
        /// The path of the grant that said so; nil where nothing covers the effect.
        package var grant: String?
        package var reason: String?
        /// The smallest entry of `allow` that would cover the effect: `delete: [public.orders]`. Nil where it is
        /// covered, and where a deny, a hold or a mask stands in the way, for which an allow is no answer.
        package var wanted: String?
    }

    package var decision: Decision
    /// In the order of the request's effects; empty where no role counts.
    package var parts: [Part]
    /// Those of the roles' masks that speak of what the command reads: the relation, and a column that is read or
    /// unknown. Which columns there are only a snapshot says.
    package var masks: [Mask]
}

extension PolicySet {
    /// What `decide` says, and why, effect by effect.
    package func explain(_ request: AccessRequest) -> Explanation {
        let live = access(for: request)
        let effects = live.isEmpty ? [] : request.effects
        let parts = effects.map { effect -> Explanation.Part in
            let finding = find(effect, live, request)
            return Explanation.Part(
                effect: effect,
                outcome: finding.outcome,
                role: finding.role,
                grant: finding.grant,
                reason: finding.reason,
                wanted: finding.wanted
            )
        }
        let masks = live.flatMap(\.access.masks.all).filter { mask in effects.contains { mask.touches($0) } }
        return Explanation(decision: decide(request), parts: parts, masks: masks)
    }
}

extension Mask {
    fileprivate func touches(_ effect: Effect) -> Bool {
        switch effect.action {
        case .select, .update, .delete: break
        case .insert, .truncate, .lock, .create, .alter, .drop, .grant, .execute, .do, .maintain, .set, .setRole,
            .listen,
            .notify, .serverFile, .serverProgram, .administer, .twoPhase:
            return false
        }
        return relation.matches(effect.object) && effect.columns?.contains(where: column.matches) != false
    }
}
