package import AccessModel

/// An issuer that the operator trusts, and how far.
package struct TrustedIssuer: Hashable, Sendable {
    /// Its name in the configuration: unique, and the issuer of the principals made here.
    package var name: String
    /// The `iss` of its tokens, byte for byte. Two issuers may share one (Kubernetes clusters do): the keys tell.
    package var url: String
    /// The audiences that are this gateway; a token must name one of them.
    package var audiences: [String]
    /// Whether a token may name other audiences too. They could then present it here, and we to them.
    package var allowsOtherAudiences: Bool
    package var algorithms: Set<SignatureAlgorithm>
    package var keySource: KeySource
    package var preset: IssuerPreset
    /// Provenance fields and the claim path of each; what stands here replaces what the preset says of the field.
    package var claimMap: [Provenance.Field: String]
    /// How long after `iat` a token is taken, whatever its own `exp` says.
    package var maxTokenAge: Duration
    /// How far the issuer's clock and ours may be apart.
    package var clockSkew: Duration
    /// Whether a token opens one session and never another.
    package var singleUse: Bool
    /// How long keys serve after they were last loaded, while the issuer cannot be reached.
    package var staleBound: Duration
    /// Claim paths that must be there and not be empty.
    package var requiredClaims: [String]
    package var maxTokenBytes: Int
    /// Whether a GitLab pipeline of a fork, run in the parent project, may come in.
    package var allowsForkPipelines: Bool
    /// Tokens that the replay guard remembers at once; when all are still valid, further ones are refused.
    package var replayCapacity: Int

    package init(
        name: String,
        url: String,
        audiences: [String],
        allowsOtherAudiences: Bool = false,
        algorithms: Set<SignatureAlgorithm> = [.rs256, .es256],
        keySource: KeySource = .discovery,
        preset: IssuerPreset = .generic,
        claimMap: [Provenance.Field: String] = [:],
        maxTokenAge: Duration = .seconds(900),
        clockSkew: Duration = .seconds(60),
        singleUse: Bool = false,
        staleBound: Duration = .seconds(86_400),
        requiredClaims: [String] = [],
        maxTokenBytes: Int = 16_384,
        allowsForkPipelines: Bool = false,
        replayCapacity: Int = IdentityLimits.replays
    ) {
        self.name = name
        self.url = url
        self.audiences = audiences
        self.allowsOtherAudiences = allowsOtherAudiences
        self.algorithms = algorithms
        self.keySource = keySource
        self.preset = preset
        self.claimMap = claimMap
        self.maxTokenAge = maxTokenAge
        self.clockSkew = clockSkew
        self.singleUse = singleUse
        self.staleBound = staleBound
        self.requiredClaims = requiredClaims
        self.maxTokenBytes = maxTokenBytes
        self.allowsForkPipelines = allowsForkPipelines
        self.replayCapacity = replayCapacity
    }
}
