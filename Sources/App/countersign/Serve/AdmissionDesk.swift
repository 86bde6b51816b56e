internal import AccessModel
internal import GatewayKit
internal import Identity
internal import PolicyEngine

/// Lets sessions in: token to identity, identity to roles, target to credential. Every refusal is recorded.
struct AdmissionDesk: Sendable {
    let verifier: TokenVerifier
    let policy: PolicyInForce
    let live: LiveSessions
    let maskKey: MaskKeyFile
    let refused: RefusedIdentities

    static let notAuthenticated = AdmissionRefusal(sqlState: "28P01", message: "authentication failed")

    func admit(_ request: AdmissionRequest) async -> Result<SessionAdmission, AdmissionRefusal> {
        let identity: VerifiedIdentity
        do throws(TokenRefusal) {
            identity = try await verifier.verify(request.token)
        } catch {
            refused.record(error, at: AdmissionDesk.door(request))
            return .failure(AdmissionDesk.notAuthenticated)
        }
        let now = SystemClock.now()
        let snapshot = policy.current
        let wanted = TargetName(request.database)
        let source = SourceAddress(request.source.address) ?? SourceAddress(bytes: [0, 0, 0, 0])
        guard let source else { return .failure(AdmissionDesk.notAuthenticated) }
        let bound = snapshot.policy.bind(
            identity,
            asking: request.user,
            target: wanted.target,
            database: wanted.database,
            source: source,
            reason: request.reason,
            at: now
        )
        switch bound {
        case .failure(let refusal):
            return .failure(refuse(request, identity, refusal.reason, isVisible: refusal.isVisible))
        case .success(let grant): return admit(request, identity, grant, snapshot, at: now)
        }
    }

    private func admit(
        _ request: AdmissionRequest,
        _ identity: VerifiedIdentity,
        _ grant: SessionGrant,
        _ snapshot: PolicySnapshot,
        at now: Timestamp
    ) -> Result<SessionAdmission, AdmissionRefusal> {
        guard let target = snapshot.targets[grant.target.name] else {
            return .failure(refuse(request, identity, "the target is not configured", isVisible: false))
        }
        if let role = roleAtLimit(grant, snapshot.configuration.limits) {
            return .failure(refuse(request, identity, "role \(role) has too many live sessions", isVisible: true))
        }
        return .success(
            SessionAdmission(
                id: SessionIdentifier.make(at: now),
                principal: identity.principal,
                roles: grant.roles.map(\.name),
                target: target.endpoint,
                database: grant.database,
                credentialUser: target.user,
                credentialPassword: target.password,
                reason: grant.reason,
                limits: limits(grant, target, snapshot.configuration.limits),
                durability: RecordDurability(
                    readsOnDisk: snapshot.configuration.ledger.reads == .disk,
                    changesOnDisk: snapshot.configuration.ledger.changes == .disk
                ),
                identityMembers: IdentityMembers.json(identity, roles: grant.roles),
                tokenDigest: identity.tokenDigest,
                policy: snapshot.policy.id,
                maskKeys: maskKeys(grant, snapshot.policy, at: now),
                requesters: AdmissionDesk.requesters(identity),
                commit: identity.provenance[.commit]
            )
        )
    }

    /// The person behind a session by every name that the token has for them: none of them may approve what it asks for.
    static func requesters(_ identity: VerifiedIdentity) -> [String] {
        let others = ["user_email", "user_login", "actor", "email"].compactMap { identity.claims[$0]?.text }
        return ([identity.provenance[.triggeredBy]].compactMap { $0 } + others).reduce(into: []) { names, name in
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
    }

    /// The key goes to the sessions that need it, and no others.
    private func maskKeys(_ grant: SessionGrant, _ policy: PolicySet, at now: Timestamp) -> MaskKeys? {
        let masks = policy.masks(roles: grant.roles.map(\.name), target: grant.target.name, at: now)
        return masks.contains { $0.method == .hash } ? maskKey.keys(for: grant.target.name) : nil
    }

    private func roleAtLimit(_ grant: SessionGrant, _ limits: LimitsConfiguration) -> String? {
        guard let bound = limits.sessionsPerRole else { return nil }
        let sessions = live.list()
        return grant.roles.map(\.name).first { role in sessions.count { $0.roles.contains(role) } >= bound }
    }

    private func limits(_ grant: SessionGrant, _ target: ResolvedTarget, _ limits: LimitsConfiguration) -> SessionLimits
    {
        SessionLimits(
            idle: grant.idle > .zero ? grant.idle : nil,
            maximum: grant.maxDuration > .zero ? grant.maxDuration : nil,
            expires: grant.expires,
            stall: limits.clientStall,
            connect: target.connectTimeout,
            statement: limits.statementBytes,
            message: limits.messageBytes
        )
    }

    // MARK: Refusals

    private func refuse(
        _ request: AdmissionRequest,
        _ identity: VerifiedIdentity,
        _ reason: String,
        isVisible: Bool
    ) -> AdmissionRefusal {
        refused.record(identity, reason, at: AdmissionDesk.door(request))
        return isVisible
            ? AdmissionRefusal(sqlState: "28000", message: "denied: \(reason)") : AdmissionDesk.notAuthenticated
    }

    private static func door(_ request: AdmissionRequest) -> RefusedIdentities.Door {
        RefusedIdentities.Door(
            address: request.source.address,
            port: Int(request.source.port),
            client: request.client,
            channel: "postgres",
            target: TargetName(String(request.database.prefix(256))),
            user: request.user,
            database: request.database
        )
    }
}
