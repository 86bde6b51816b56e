internal import AccessModel
internal import AuditLog
internal import GatewayKit
internal import Identity
internal import Logging
internal import PolicyEngine

/// Lets sessions in: token to identity, identity to roles, target to credential. Every refusal is recorded.
struct AdmissionDesk: Sendable {
    let verifier: TokenVerifier
    let policy: PolicyInForce
    let ledger: Ledger
    let live: LiveSessions
    let maskKey: MaskKeyFile
    let budget = RefusalBudget()
    let logger: Logger

    static let notAuthenticated = AdmissionRefusal(sqlState: "28P01", message: "authentication failed")

    func admit(_ request: AdmissionRequest) async -> Result<SessionAdmission, AdmissionRefusal> {
        let identity: VerifiedIdentity
        do {
            identity = try await verifier.verify(request.token)
        } catch {
            refuse(request, error)
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

    /// A token that did not verify. The caller learns nothing; the record says what was wrong.
    private func refuse(_ request: AdmissionRequest, _ refusal: TokenRefusal) {
        var suppressed: UInt64 = 0
        if refusal.principal == nil {
            guard let left = budget.take(at: SystemClock.now()) else { return }
            suppressed = left
        }
        record(
            request,
            reason: refusal.reason,
            code: refusal.code.rawValue,
            issuer: refusal.issuer,
            suppressed: suppressed,
            members: IdentityMembers.json(refusal.principal, refusal.provenance),
            digest: refusal.tokenDigest
        )
    }

    private func refuse(
        _ request: AdmissionRequest,
        _ identity: VerifiedIdentity,
        _ reason: String,
        isVisible: Bool
    ) -> AdmissionRefusal {
        record(
            request,
            reason: reason,
            code: "not_bound",
            issuer: identity.principal.issuer,
            suppressed: 0,
            members: IdentityMembers.json(identity.principal, identity.provenance),
            digest: identity.tokenDigest
        )
        return isVisible
            ? AdmissionRefusal(sqlState: "28000", message: "denied: \(reason)") : AdmissionDesk.notAuthenticated
    }

    private func record(
        _ request: AdmissionRequest,
        reason: String,
        code: String,
        issuer: String?,
        suppressed: UInt64,
        members: [UInt8],
        digest: String?
    ) {
        var json = JSONBytes(reserving: 512)
        json.appendRaw("\"refusal\":{")
        json.member("reason")
        json.append(reason)
        json.member("code")
        json.append(code)
        json.member("issuer")
        json.append(issuer)
        if suppressed > 0 {
            json.member("suppressed")
            json.append(suppressed)
        }
        json.appendRaw("},")
        json.appendRaw(members)
        json.appendRaw(",\"source\":{")
        json.member("address")
        json.append(request.source.address)
        json.member("port")
        json.append(Int64(request.source.port))
        json.member("client")
        json.append(request.client.map { String($0.prefix(256)) })
        let wanted = TargetName(String(request.database.prefix(256)))
        json.appendRaw("},\"target\":{")
        json.member("name")
        json.append(wanted.target)
        json.member("type")
        json.append("postgres")
        json.member("database")
        json.append(wanted.database)
        json.appendRaw(",\"user\":null},\"requested\":{")
        json.member("user")
        json.append(String(request.user.prefix(256)))
        json.member("database")
        json.append(String(request.database.prefix(256)))
        json.appendRaw("},\"token\":")
        json.append(digest)
        do {
            _ = try ledger.appendOutcome(RecordDraft(kind: .authenticationRefused, session: nil, body: json.bytes))
        } catch {
            logger.error("a refusal could not be recorded", metadata: ["cause": "\(error)"])
        }
    }
}
