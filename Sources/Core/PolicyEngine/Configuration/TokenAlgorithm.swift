/// A signature algorithm of tokens (RFC 7518 section 3, RFC 8037). There is no way to write `none` or an HMAC.
package enum TokenAlgorithm: String, Hashable, Sendable, CaseIterable {
    case rs256 = "RS256", rs384 = "RS384", rs512 = "RS512"
    case ps256 = "PS256", ps384 = "PS384", ps512 = "PS512"
    case es256 = "ES256", es384 = "ES384", es512 = "ES512"
    case edDSA = "EdDSA"
}
