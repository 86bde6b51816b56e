internal import Identity
internal import PolicyEngine

extension TrustedIssuer {
    /// An issuer of the configuration, as Identity knows it.
    init(_ issuer: IssuerConfiguration, resolver: ConfigurationResolver) {
        let source: Identity.KeySource =
            switch issuer.keys {
            case .discovery: .discovery
            case .url(let url): .url(url)
            case .file(let name): .file(resolver.resolve(name))
            }
        // Exhaustive, so that a preset that one side does not know cannot quietly lose its checks.
        let preset: IssuerPreset =
            switch issuer.preset {
            case .github: .github
            case .gitlab: .gitlab
            case .kubernetes: .kubernetes
            case .generic: .generic
            }
        self.init(
            name: issuer.name,
            url: issuer.issuer,
            audiences: issuer.audiences,
            allowsOtherAudiences: issuer.allowsOtherAudiences,
            algorithms: Set(issuer.algorithms.compactMap { SignatureAlgorithm(name: $0.rawValue) }),
            keySource: source,
            preset: preset,
            claimMap: issuer.claims,
            maxTokenAge: issuer.maxTokenAge,
            clockSkew: issuer.clockSkew,
            singleUse: issuer.singleUse,
            staleBound: issuer.keysStale,
            requiredClaims: issuer.require,
            maxTokenBytes: issuer.maxTokenBytes,
            allowsForkPipelines: issuer.allowsForkPipelines
        )
    }
}
