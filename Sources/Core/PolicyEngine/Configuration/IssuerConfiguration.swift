package import AccessModel

/// A trusted OpenID Connect provider.
package struct IssuerConfiguration: Hashable, Sendable {
    /// Which claims are which provenance, and what a token of this kind must hold.
    package enum Preset: String, Hashable, Sendable, CaseIterable {
        case github, gitlab, kubernetes, generic
    }

    package enum KeySource: Hashable, Sendable {
        /// `<issuer>/.well-known/openid-configuration` (OpenID Connect Discovery 1.0).
        case discovery
        case url(String)
        /// A JWK Set; relative to the folder of the configuration file.
        case file(String)
    }

    package var name: String
    /// Compared byte for byte with `iss`.
    package var issuer: String
    /// At least one.
    package var audiences: [String]
    /// Whether a token may name other audiences beside: then those services could present it here.
    package var allowsOtherAudiences = false
    package var preset: Preset
    /// With the preset gitlab: whether a fork's pipeline that runs in the parent project may come in.
    package var allowsForkPipelines = false
    /// Overrides the preset, field by field; the values are claim paths.
    package var claims: [Provenance.Field: String]
    package var keys: KeySource
    /// PEM of the authorities that the issuer's own certificate is verified with, in place of the system's.
    package var ca: String?
    /// At least one.
    package var algorithms: [TokenAlgorithm]
    package var maxTokenAge: Duration
    package var clockSkew: Duration
    /// Whether a token opens one session and no more.
    package var singleUse: Bool
    /// How long keys serve while the issuer cannot be reached.
    package var keysStale: Duration
    /// Claims without which a token is refused.
    package var require: [String]
    package var maxTokenBytes: Int
    package var place: Place
}
