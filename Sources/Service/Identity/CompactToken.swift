import AccessModel

/// A JWS in compact form (RFC 7515 section 7.1), taken apart and not yet believed: `header.payload.signature`, each
/// part base64url without padding.
struct CompactToken {
    var header: TokenHeader
    var claims: Claims
    /// The bytes that the signature is over: both encoded parts and the dot between them.
    var signingInput: ArraySlice<UInt8>
    var signature: [UInt8]
    /// Bytes of the whole token.
    var size: Int

    /// Throws `.tooLarge` above `limit` bytes before anything is decoded; `.malformed` where a part is missing, empty,
    /// too long, or not strict base64url of strict JSON.
    init(_ token: [UInt8], limit: Int) throws(TokenRefusal) {
        guard token.count <= limit else {
            throw TokenRefusal(.tooLarge, "the token has \(token.count) bytes, the limit is \(limit)")
        }
        let parts = token.split(separator: 0x2E, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
            throw TokenRefusal(.malformed, "the token has not three parts")
        }
        guard parts[0].count <= IdentityLimits.header else {
            throw TokenRefusal(.tooLarge, "the token's header has \(parts[0].count) bytes")
        }
        header = try TokenHeader(try CompactToken.object(parts[0], "header"))
        claims = Claims(try CompactToken.object(parts[1], "payload"))
        guard let signature = Base64URL.decode(parts[2]), signature.count <= IdentityLimits.signature else {
            throw TokenRefusal(.malformed, "the token's signature is not base64url or too long")
        }
        self.signature = signature
        signingInput = token[..<parts[1].endIndex]
        size = token.count
    }

    private static func object(
        _ part: ArraySlice<UInt8>,
        _ name: StaticString
    ) throws(TokenRefusal) -> [String: ClaimValue] {
        guard let bytes = Base64URL.decode(part) else {
            throw TokenRefusal(.malformed, "the token's \(name) is not base64url")
        }
        do {
            return try StrictJSON.object(bytes)
        } catch {
            let code: TokenRefusal.Code = error == .duplicateMember ? .duplicateMember : .malformed
            throw TokenRefusal(code, "the token's \(name) \(error)")
        }
    }
}
