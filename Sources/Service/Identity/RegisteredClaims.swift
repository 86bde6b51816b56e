import AccessModel

/// The claims of RFC 7519 section 4.1 that every token must have, in their types.
struct RegisteredClaims: Hashable {
    var subject: String
    /// Distinct, in the order of the token.
    var audiences: [String]
    var expires: Timestamp
    var issuedAt: Timestamp
    var notBefore: Timestamp?
    var tokenID: String?

    /// Throws `.missingClaim` and `.malformedClaim` with the claim's name, never its value.
    init(_ claims: Claims) throws(TokenRefusal) {
        subject = try RegisteredClaims.subject(claims)
        audiences = try RegisteredClaims.audiences(claims)
        expires = try RegisteredClaims.moment("exp", claims)
        issuedAt = try RegisteredClaims.moment("iat", claims)
        notBefore = claims.values["nbf"] == nil ? nil : try RegisteredClaims.moment("nbf", claims)
        tokenID = try RegisteredClaims.tokenID(claims)
    }

    static func issuer(_ claims: Claims) throws(TokenRefusal) -> String {
        guard case .string(let issuer)? = claims.values["iss"] else {
            throw TokenRefusal(.malformed, "the token has no iss")
        }
        return issuer
    }

    static func subject(_ claims: Claims) throws(TokenRefusal) -> String {
        guard let value = claims.values["sub"] else { throw TokenRefusal(.missingClaim, "sub is missing") }
        guard case .string(let subject) = value, !subject.isEmpty else {
            throw TokenRefusal(.malformedClaim, "sub is not a string with text")
        }
        try ClaimText.check(subject, of: "sub")
        return subject
    }

    private static func audiences(_ claims: Claims) throws(TokenRefusal) -> [String] {
        guard let value = claims.values["aud"] else { throw TokenRefusal(.missingClaim, "aud is missing") }
        var audiences: [String] = []
        switch value {
        case .string(let audience): audiences = [audience]
        case .array(let elements):
            guard elements.count <= IdentityLimits.audiences else {
                throw TokenRefusal(.oversizedClaim, "aud names \(elements.count) audiences")
            }
            for case .string(let audience) in elements
            where !audiences.contains(where: { SafeText.isSame($0, audience) }) {
                audiences.append(audience)
            }
            guard elements.allSatisfy(\.isString) else {
                throw TokenRefusal(.malformedClaim, "aud holds what is not a string")
            }
        case .integer, .number, .boolean, .null, .object:
            throw TokenRefusal(.malformedClaim, "aud is not a string or a list of them")
        }
        return audiences
    }

    /// A NumericDate, RFC 7519 section 2: seconds since 1970, perhaps with a fraction. Before 1970 and after the year
    /// 9999 it is an attempt at an overflow and not a date.
    private static func moment(_ name: String, _ claims: Claims) throws(TokenRefusal) -> Timestamp {
        let last: Int64 = 253_402_300_799
        switch claims.values[name] {
        case nil: throw TokenRefusal(.missingClaim, "\(name) is missing")
        case .integer(let seconds)? where (0...last).contains(seconds): return Timestamp(seconds: seconds)
        case .number(let seconds)? where seconds >= 0 && seconds <= Double(last):
            return Timestamp(microseconds: Int64(seconds * 1_000_000))
        default: throw TokenRefusal(.malformedClaim, "\(name) is not a date")
        }
    }

    private static func tokenID(_ claims: Claims) throws(TokenRefusal) -> String? {
        guard let value = claims.values["jti"] else { return nil }
        guard case .string(let identifier) = value else {
            throw TokenRefusal(.malformedClaim, "jti is not a string")
        }
        guard identifier.utf8.count <= IdentityLimits.claimText else {
            throw TokenRefusal(.oversizedClaim, "jti has \(identifier.utf8.count) bytes")
        }
        // Forgejo writes "" for what is not set.
        return identifier.isEmpty ? nil : identifier
    }
}

extension ClaimValue {
    fileprivate var isString: Bool {
        if case .string = self { true } else { false }
    }
}
