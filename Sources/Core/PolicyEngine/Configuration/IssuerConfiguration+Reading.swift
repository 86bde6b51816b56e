import AccessModel

extension IssuerConfiguration {
    private enum Kind: String, CaseIterable { case oidc }

    static func read(_ name: String, _ place: Place, _ field: Field) -> IssuerConfiguration? {
        guard Field.isName(name) else { return field.fail(Field.nameRule(name)) }
        guard var map = MappingReader(field) else { return nil }
        let kind = map.required("type") { field in
            field.line(limit: 64).flatMap { text -> Kind? in
                ["saml", "certificate", "x509"].contains(text)
                    ? field.fail("`\(text)` is not supported yet by this version") : field.choice(Kind.self)
            }
        }
        let issuer = map.required("issuer") { $0.url() }
        let audiences = map.required("audience") { $0.oneOrMore(of: "audiences") { $0.line(limit: 1024) } }
        let (preset, mapped) = map.optional("preset", default: (.generic, [:])) { readPreset($0) }
        let claims = map.optional("claims", default: [:]) { readClaims($0) }
        let keys = map.optional("jwks", default: KeySource.discovery) { KeySource.read($0) }
        let ca = map.optional("ca") { $0.line() }
        let algorithms = map.optional("algorithms", default: [.rs256, .es256]) {
            $0.list(of: "algorithms") { readAlgorithm($0) }
        }
        let maxTokenAge = map.optional("max_token_age", default: .seconds(900)) {
            $0.duration(in: .seconds(1)...(.seconds(86_400)))
        }
        let clockSkew = map.optional("clock_skew", default: .seconds(60)) {
            $0.duration(in: .seconds(0)...(.seconds(300)))
        }
        let singleUse = map.optional("single_use", default: false) { $0.boolean() }
        let keysStale = map.optional("jwks_stale", default: .seconds(86_400)) {
            $0.duration(in: .seconds(0)...(.seconds(30 * 86_400)))
        }
        let require = map.optional("require", default: []) { $0.list(of: "claim names") { $0.line(limit: 256) } }
        let maxTokenBytes = map.optional("max_token_bytes", default: 16_384) { $0.bytes(in: 1024...65_536) }
        let otherAudiences = map.optional("allow_other_audiences", default: false) { $0.boolean() }
        let forkPipelines = map.optional("allow_fork_pipelines", default: false) { readForks($0, preset) }
        map.finish()
        guard kind != nil, let issuer, let audiences else { return nil }
        return IssuerConfiguration(
            name: name,
            issuer: issuer,
            audiences: audiences,
            allowsOtherAudiences: otherAudiences,
            preset: preset,
            allowsForkPipelines: forkPipelines,
            claims: mapped.merging(claims) { $1 },
            keys: keys,
            ca: ca,
            algorithms: algorithms,
            maxTokenAge: maxTokenAge,
            clockSkew: clockSkew,
            singleUse: singleUse,
            keysStale: keysStale,
            require: require,
            maxTokenBytes: maxTokenBytes,
            place: place
        )
    }

    /// A preset's name, or a map of one's own, which is the generic preset with these claims.
    private static func readPreset(_ field: Field) -> (Preset, [Provenance.Field: String])? {
        guard case .mapping = field.node.content else { return field.choice(Preset.self).map { ($0, [:]) } }
        return readClaims(field).map { (.generic, $0) }
    }

    private static func readForks(_ field: Field, _ preset: Preset) -> Bool? {
        preset == .gitlab ? field.boolean() : field.fail("is a key of the preset gitlab alone")
    }

    private static func readClaims(_ field: Field) -> [Provenance.Field: String]? {
        let names = Provenance.Field.allCases.map(\.rawValue)
        let pairs = MappingReader.entries(of: field) { key, place, field -> (Provenance.Field, String)? in
            guard let name = Provenance.Field(rawValue: key) else {
                let suggestion = NearestWord.suggestion(for: key, in: names)
                field.report("there is no such field of provenance\(suggestion)", at: place)
                return nil
            }
            return field.line(limit: 256).map { (name, $0) }
        }
        return pairs.map { Dictionary($0) { $1 } }
    }

    static func readAlgorithm(_ field: Field) -> TokenAlgorithm? {
        guard let text = field.line(limit: 64) else { return nil }
        guard text.lowercased() != "none", !text.uppercased().hasPrefix("HS") else {
            return field.fail("`\(text.shown)` is never accepted: whoever knows the public key could sign")
        }
        return field.choice()
    }
}

extension IssuerConfiguration.KeySource {
    static func read(_ field: Field) -> Self? {
        guard var map = MappingReader(field) else { return nil }
        let file = map.optional("file") { $0.line() }
        let url = map.optional("url") { $0.url() }
        map.finish()
        guard map.has("file") != map.has("url") else { return field.fail("expected exactly one of file and url") }
        return file.map(Self.file) ?? url.map(Self.url)
    }
}
