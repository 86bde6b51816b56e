package import AccessModel

extension PolicySet {
    /// Binds a verified identity to roles.
    ///
    /// `user` is a role's name, or `countersign` for every role that the identity is bound to; those that may not be
    /// used now, from here or on this target are then left out. `database` nil is the target's own.
    package func bind(
        _ identity: VerifiedIdentity,
        asking user: String,
        target: String,
        database: String?,
        source: SourceAddress,
        reason: String?,
        at moment: Timestamp
    ) -> Result<SessionGrant, BindingRefusal> {
        let matched = roleNames.compactMap { roles[$0] }
            .filter { $0.role.bindings.contains { $0.matches(identity) } }
        let asked = user == Role.everyRole ? matched : matched.filter { $0.role.name.hasBytes(of: user) }
        guard !asked.isEmpty else {
            let who = user == Role.everyRole ? "no role" : "role \(user.shown)"
            let verb = user == Role.everyRole ? "is" : "is not"
            return .failure(
                BindingRefusal(
                    code: .notBound,
                    reason: "\(who) \(verb) bound to this identity",
                    isVisible: !matched.isEmpty
                )
            )
        }
        let attempt = Attempt(
            identity: identity,
            target: target,
            database: database,
            source: source,
            reason: reason?.justification,
            at: moment
        )
        let refusals = asked.map { refusal($0, attempt) }
        let bound = zip(asked, refusals).filter { $1 == nil }.map(\.0.role)
        guard !bound.isEmpty, let served = targets[target] else {
            // Of several, the one that came farthest is the one that the caller most likely meant.
            let last = refusals.compactMap { $0 }.max { $0.code < $1.code }
            return .failure(last ?? BindingRefusal(code: .target, reason: "no target", isVisible: false))
        }
        return .success(grant(bound, served, attempt))
    }

    struct Attempt {
        var identity: VerifiedIdentity
        var target: String
        var database: String?
        var source: SourceAddress
        var reason: String?
        var at: Timestamp
    }

    private func grant(_ bound: [Role], _ target: TargetConfiguration, _ attempt: Attempt) -> SessionGrant {
        SessionGrant(
            roles: bound.map { BoundRole(name: $0.name, owner: $0.owner) },
            target: target,
            database: attempt.database ?? target.database,
            maxDuration: bound.map(\.session.maxDuration).min() ?? .zero,
            idle: bound.map(\.session.idle).min() ?? .zero,
            expires: bound.map { $0.end(after: attempt.at) }.min() ?? attempt.at,
            reason: attempt.reason ?? bound.lazy.compactMap { $0.session.justification(in: attempt.identity) }.first
        )
    }

    /// Why a role whose binding matches may still not be used.
    private func refusal(_ compiled: CompiledRole, _ attempt: Attempt) -> BindingRefusal? {
        let role = compiled.role
        func refuse(_ code: BindingRefusal.Code, _ words: String) -> BindingRefusal {
            BindingRefusal(code: code, reason: "role \(role.name) \(words)", isVisible: true)
        }
        if role.isStopped { return refuse(.stopped, "is stopped: its owner has left") }
        guard attempt.at < role.expires else { return refuse(.expired, "has expired") }
        if let window = role.session.window, !window.contains(attempt.at) {
            return refuse(.window, "may not be used at this time, only \(window)")
        }
        if let sources = role.session.sources, !sources.contains(where: { $0.contains(attempt.source) }) {
            return refuse(.source, "may not be used from this address")
        }
        if let missing = role.session.require.first(where: { attempt.identity.provenance[$0] == nil }) {
            return refuse(.provenance, "needs an identity that says its \(missing.rawValue)")
        }
        if let words = role.session.missingJustification(attempt) { return refuse(.justification, words) }
        guard let target = targets[attempt.target], compiled.access[attempt.target] != nil else {
            return refuse(.target, "may not use target \(attempt.target.shown)")
        }
        if let database = attempt.database, !target.serves(database: database) {
            return refuse(.database, "may not use database \(database.shown) of target \(target.name)")
        }
        return nil
    }
}

extension SessionRules {
    /// What the claim says that this role takes its justification from.
    fileprivate func justification(in identity: VerifiedIdentity) -> String? {
        guard case .claim(let path) = justification else { return nil }
        return identity.claims[path]?.text?.justification
    }

    fileprivate func missingJustification(_ attempt: PolicySet.Attempt) -> String? {
        switch justification {
        case .optional: nil
        case .required: attempt.reason == nil ? "needs a reason (countersign.reason)" : nil
        case .claim(let path):
            justification(in: attempt.identity) == nil ? "needs an identity with the claim \(path.shown)" : nil
        }
    }
}

extension String {
    /// This text without white space around it; nil where nothing is left.
    fileprivate var justification: String? {
        let words = drop(while: \.isWhitespace)
        let trimmed = words.reversed().drop(while: \.isWhitespace).reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }
}
