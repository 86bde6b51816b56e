import AccessModel

/// The text of claims that go into records, pages and messages.
enum ClaimText {
    /// Throws `.oversizedClaim` above `IdentityLimits.claimText` bytes, `.unprintableClaim` for characters that could
    /// forge or hide. Refused, not repaired: a repaired name would be another name.
    static func check(_ text: String, of claim: String) throws(TokenRefusal) {
        guard text.utf8.count <= IdentityLimits.claimText else {
            throw TokenRefusal(.oversizedClaim, "\(claim) has \(text.utf8.count) bytes")
        }
        guard SafeText.isPrintable(text) else {
            throw TokenRefusal(.unprintableClaim, "\(claim) has characters that cannot be shown")
        }
    }

    /// Whether a claim is there and says something: not null, `""`, `[]` or `{}`.
    static func isPresent(_ value: ClaimValue?) -> Bool {
        switch value {
        case nil, .null?: false
        case .string(let text)?: !text.isEmpty
        case .array(let elements)?: !elements.isEmpty
        case .object(let members)?: !members.isEmpty
        case .integer?, .number?, .boolean?: true
        }
    }
}
