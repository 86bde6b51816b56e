import AccessModel
import Crypto

/// An issuer of the configuration in force, with what is remembered of it.
struct IssuerState: Sendable {
    let issuer: TrustedIssuer
    let keys: KeyCache
    let replays: ReplayGuard

    init(_ issuer: TrustedIssuer, ports: IdentityPorts) {
        self.issuer = issuer
        keys = KeyCache(issuer: issuer, ports: ports)
        replays = ReplayGuard()
    }

    /// The state after a reload. Keys are kept where they would be loaded the same way; the replay guard as long as
    /// the tokens are the same issuer's, so that no edit of the configuration lets a token in again.
    init(_ issuer: TrustedIssuer, after former: IssuerState, ports: IdentityPorts) {
        let sameTokens = SafeText.isSame(issuer.url, former.issuer.url)
        let sameKeys =
            sameTokens && issuer.keySource == former.issuer.keySource && issuer.algorithms == former.issuer.algorithms
        self.issuer = issuer
        keys = sameKeys ? former.keys : KeyCache(issuer: issuer, ports: ports)
        replays = sameTokens ? former.replays : ReplayGuard()
        if case .file = issuer.keySource { keys.markDue() }
    }

    /// The checks of a token that this issuer's keys verified. The single use is spent last, by a token that passed
    /// everything else.
    func accept(_ token: CompactToken, digest: String, at now: Timestamp) throws(TokenRefusal) -> VerifiedIdentity {
        do {
            let claims = try RegisteredClaims(token.claims)
            let provenance = try provenance(of: token.claims)
            try ClaimChecks(issuer: issuer, now: now).check(claims)
            try checkRequired(token.claims)
            try WorkloadRules.check(token.claims, for: issuer)
            try spend(token, claims, at: now)
            return VerifiedIdentity(
                principal: principal(claims.subject),
                claims: token.claims,
                provenance: provenance,
                expires: claims.expires,
                tokenDigest: digest
            )
        } catch {
            throw explained(error, token, digest)
        }
    }

    private func principal(_ subject: String) -> Principal {
        Principal(kind: .workload, issuer: issuer.name, subject: subject)
    }

    private func provenance(of claims: Claims) throws(TokenRefusal) -> Provenance {
        try ProvenanceMapping(preset: issuer.preset, claimMap: issuer.claimMap)
            .provenance(of: claims, issuer: issuer.url)
    }

    private func checkRequired(_ claims: Claims) throws(TokenRefusal) {
        for path in issuer.requiredClaims where !ClaimText.isPresent(claims[path]) {
            throw TokenRefusal(.missingClaim, "\(path) is missing, the issuer's configuration requires it")
        }
    }

    private func spend(
        _ token: CompactToken,
        _ claims: RegisteredClaims,
        at now: Timestamp
    ) throws(TokenRefusal) {
        guard issuer.singleUse else { return }
        // Not over the signature: an ECDSA signature can be rewritten into another valid one.
        let key =
            claims.tokenID.map { SHA256.hash(data: Array("jti:\($0)".utf8)) } ?? SHA256.hash(data: token.signingInput)
        let until = claims.expires.advanced(by: issuer.clockSkew)
        switch replays.take(key, until: until, now: now, capacity: issuer.replayCapacity) {
        case .first: return
        case .seen: throw TokenRefusal(.replayed, "the token was used before")
        case .full: throw TokenRefusal(.replayGuardFull, "no room to remember another token")
        }
    }

    /// A refusal with all that may be said now that the signature verified.
    private func explained(_ refusal: TokenRefusal, _ token: CompactToken, _ digest: String) -> TokenRefusal {
        var refusal = refusal.from(issuer.name)
        refusal.tokenDigest = digest
        refusal.principal = (try? RegisteredClaims.subject(token.claims)).map(principal)
        refusal.provenance = try? provenance(of: token.claims)
        return refusal
    }
}
