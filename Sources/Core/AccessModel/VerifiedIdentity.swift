/// What a verified token says: made by Identity alone, after every check passed.
package struct VerifiedIdentity: Hashable, Sendable {
    package var principal: Principal
    package var claims: Claims
    package var provenance: Provenance
    /// When the token itself ends.
    package var expires: Timestamp
    /// SHA-256 of the token, lower-case hexadecimal: what a record may say of it.
    package var tokenDigest: String

    package init(
        principal: Principal,
        claims: Claims,
        provenance: Provenance,
        expires: Timestamp,
        tokenDigest: String
    ) {
        self.principal = principal
        self.claims = claims
        self.provenance = provenance
        self.expires = expires
        self.tokenDigest = tokenDigest
    }
}
