package import AccessModel

/// What a token with these claims would be, for explaining policy. Nothing is verified here: no signature, no time, no
/// audience; and so what it makes may open no session.
package struct ClaimsPreview: Hashable, Sendable {
    package let claims: Claims

    package init(_ claims: Claims) {
        self.claims = claims
    }

    /// The claims of a token as one JSON object, read as strictly as a token's. Throws `.malformed`.
    package init(json: [UInt8]) throws(TokenRefusal) {
        do throws(JSONFault) {
            claims = Claims(try StrictJSON.object(json))
        } catch {
            throw TokenRefusal(.malformed, "the text \(error)")
        }
    }

    /// The `iss` claim.
    package var issuer: String? {
        guard case .string(let issuer)? = claims.values["iss"] else { return nil }
        return issuer
    }

    /// The identity that a verified token would have. Throws what the issuer's rules refuse of the claims.
    package func identity(from issuer: TrustedIssuer) throws(TokenRefusal) -> VerifiedIdentity {
        for path in issuer.requiredClaims where !ClaimText.isPresent(claims[path]) {
            throw TokenRefusal(.missingClaim, "\(path) is missing, the issuer's configuration requires it")
        }
        let subject = try RegisteredClaims.subject(claims)
        let provenance = try ProvenanceMapping(preset: issuer.preset, claimMap: issuer.claimMap)
            .provenance(of: claims, issuer: issuer.url)
        try WorkloadRules.check(claims, for: issuer)
        return VerifiedIdentity(
            principal: Principal(kind: .workload, issuer: issuer.name, subject: subject),
            claims: claims,
            provenance: provenance,
            expires: Timestamp(microseconds: .max),
            tokenDigest: ""
        )
    }
}
