/// The bounds of what Identity reads, keeps and repeats. What an operator may choose is in `TrustedIssuer`.
package enum IdentityLimits {
    /// Bytes of a discovery document or a key set.
    package static let document = 1 << 20
    /// Keys of a set that are looked at; what follows them is not usable.
    static let keys = 64
    /// Bytes of a token's header, encoded. A chain in `x5c`, which is never read, may make it long.
    static let header = 8192
    /// Bytes of a signature: RSA with 8192 bits.
    static let signature = 1024
    /// Bytes of a key's identifier.
    static let keyID = 256
    /// Bytes of a member's name, in any JSON. Names are hashed in normal form, which for a long run of combining marks
    /// takes time with the square of its length; and anybody may present a token.
    static let memberName = 256
    /// Bytes of `alg` and of `typ`, compared with known words, for the same reason.
    static let headerWord = 64
    /// Bytes of a subject, a token identifier, and a provenance field.
    static let claimText = 1024
    /// Bytes of untrusted text that a refusal may repeat.
    static let excerpt = 64
    /// Audiences that a token may name.
    static let audiences = 16
    /// Nested arrays and objects in a token, a key set or a discovery document.
    static let depth = 16

    /// How old cached keys may be before a session waits for newer ones.
    static let refreshInterval = Duration.seconds(600)
    /// The least time between two loads of an issuer's keys, whatever tokens ask for.
    static let refreshSpacing = Duration.seconds(30)
    /// The same while there is no key at all: nobody can come in until a load succeeds.
    static let retrySpacing = Duration.seconds(5)
    /// Tokens that a replay guard remembers at once.
    package static let replays = 100_000
}
