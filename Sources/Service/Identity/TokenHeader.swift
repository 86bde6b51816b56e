import AccessModel

/// What is used of a token's protected header. Keys that it brings or points to (`jwk`, `jku`, `x5u`, `x5c`) are never
/// read: keys come from the configuration.
struct TokenHeader: Hashable {
    var algorithm: SignatureAlgorithm
    /// The identifier of the key, opaque; nil where the token names none.
    var keyID: String?

    /// Throws `.algorithmNotAllowed` for what is not a public-key algorithm, `.criticalHeader` where `crit` stands
    /// (none of its extensions is understood, RFC 7515 section 4.1.11), `.wrongType` for a `typ` of another use
    /// (RFC 8725 section 3.11), `.malformed` for a member of the wrong kind.
    init(_ members: [String: ClaimValue]) throws(TokenRefusal) {
        guard case .string(let name)? = members["alg"] else {
            throw TokenRefusal(.malformed, "the token's header has no alg")
        }
        guard name.utf8.count <= IdentityLimits.headerWord, let algorithm = SignatureAlgorithm(name: name) else {
            throw TokenRefusal(.algorithmNotAllowed, "alg `\(SafeText.excerpt(name))` is never accepted")
        }
        guard members["crit"] == nil else {
            throw TokenRefusal(.criticalHeader, "the token's header has crit")
        }
        try TokenHeader.checkType(members["typ"])
        self.algorithm = algorithm
        keyID = try TokenHeader.keyID(members["kid"])
    }

    /// `JWT`, `at+jwt` (RFC 9068) and `JOSE` (SPIFFE) are identities; `logout+jwt`, `secevent+jwt`, `dpop+jwt` are not.
    private static func checkType(_ value: ClaimValue?) throws(TokenRefusal) {
        guard let value else { return }
        guard case .string(let name) = value else {
            throw TokenRefusal(.malformed, "the token's typ is not a string")
        }
        guard name.utf8.count <= IdentityLimits.headerWord else {
            throw TokenRefusal(.wrongType, "typ has \(name.utf8.count) bytes")
        }
        var type = name.lowercased()
        if type.hasPrefix("application/") { type.removeFirst("application/".count) }
        guard ["jwt", "at+jwt", "jose"].contains(type) else {
            throw TokenRefusal(.wrongType, "typ `\(SafeText.excerpt(name))` is not an identity token")
        }
    }

    private static func keyID(_ value: ClaimValue?) throws(TokenRefusal) -> String? {
        guard let value else { return nil }
        guard case .string(let name) = value, !name.isEmpty, name.utf8.count <= IdentityLimits.keyID else {
            throw TokenRefusal(.malformed, "the token's kid is not a short string")
        }
        return name
    }
}
