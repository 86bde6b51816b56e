package import AccessModel

/// Why a token was refused. For the record and the operator: the caller is never told which part was wrong.
///
/// What comes from a token whose signature did not verify is at most its `iss`, `alg` and `kid`, cut to
/// `IdentityLimits.excerpt` printable characters. Principal, provenance and digest are given only when the signature
/// verified, so that nobody can put another's name on record.
package struct TokenRefusal: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        // Before any key is looked at.
        case tooLarge = "too_large"
        case malformed
        case duplicateMember = "duplicate_member"
        case algorithmNotAllowed = "algorithm_not_allowed"
        case criticalHeader = "critical_header"
        case wrongType = "wrong_type"
        case unknownIssuer = "unknown_issuer"
        // Keys and signature.
        case keysUnavailable = "keys_unavailable"
        case unknownKey = "unknown_key"
        case keyMismatch = "key_mismatch"
        case badSignature = "bad_signature"
        // Claims of a token that the issuer did sign.
        case missingClaim = "missing_claim"
        case malformedClaim = "malformed_claim"
        case unprintableClaim = "unprintable_claim"
        case oversizedClaim = "oversized_claim"
        case wrongAudience = "wrong_audience"
        case otherAudience = "other_audience"
        case expired
        case notYetValid = "not_yet_valid"
        case issuedInFuture = "issued_in_future"
        case tooOld = "too_old"
        case notWorkload = "not_workload"
        case forkPipeline = "fork_pipeline"
        case replayed
        case replayGuardFull = "replay_guard_full"
    }

    package var code: Code
    /// What was wrong, in words for the record.
    package var reason: String
    /// The name of the issuer in the configuration, where the token's `iss` is configured.
    package var issuer: String?
    package var principal: Principal?
    package var provenance: Provenance?
    /// SHA-256 of the token, lower-case hexadecimal.
    package var tokenDigest: String?

    init(_ code: Code, _ reason: String, issuer: String? = nil) {
        self.code = code
        self.reason = reason
        self.issuer = issuer
    }

    /// The same refusal, from this issuer.
    func from(_ issuer: String) -> TokenRefusal {
        var copy = self
        copy.issuer = issuer
        return copy
    }
}

extension TokenRefusal: CustomStringConvertible {
    package var description: String {
        "\(code.rawValue): \(reason)"
    }
}
