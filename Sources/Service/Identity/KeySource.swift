/// Where an issuer's public keys come from.
package enum KeySource: Hashable, Sendable {
    /// The discovery document under the issuer's URL names the key set (OpenID Connect Discovery 1.0, section 4).
    case discovery
    /// A key set at a fixed URL.
    case url(String)
    /// A key set in a file, for sites that cannot reach the issuer.
    case file(String)
}
