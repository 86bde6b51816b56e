package import AccessModel

/// How people log in to the console: an OpenID Connect provider, and who may do what.
package struct LoginConfiguration: Hashable, Sendable {
    /// The provider's issuer URL.
    package var issuer: String
    package var client: String
    /// Nil for a public client, whose codes PKCE alone protects.
    package var secret: SecretReference?
    /// The console's address as browsers see it, without a path at its end.
    package var url: String
    package var scopes: [String]
    /// The claim that names a person as `people` does; and the one with groups, if the provider's count.
    package var personClaim: String
    package var groupsClaim: String?
    /// PEM of a private authority; relative to the folder of the configuration file.
    package var ca: String?
    package var algorithms: [TokenAlgorithm]
    package var lifetime: Duration
    package var idle: Duration
    /// How long ago somebody may have logged in to approve something.
    package var freshness: Duration
    package var auditors: [Approver]
    package var administrators: [Approver]
}

extension LoginConfiguration {
    static func read(_ field: Field, people: [Person]) -> LoginConfiguration? {
        guard var map = MappingReader(field) else { return nil }
        let issuer = map.required("issuer") { $0.url() }
        let client = map.required("client") { $0.line(limit: 256) }
        let secret = map.optional("secret") { SecretReference.read($0) }
        let url = map.required("url") { $0.url() }
        let scopes = map.optional("scopes", default: ["openid", "email", "profile"]) { readScopes($0) }
        let person = map.optional("person", default: "email") { $0.line(limit: 256) }
        let groups = map.optional("groups") { $0.line(limit: 256) }
        let ca = map.optional("ca") { $0.line() }
        let algorithms = map.optional("algorithms", default: [.rs256, .es256]) {
            $0.list(of: "algorithms") { IssuerConfiguration.readAlgorithm($0) }
        }
        let lifetime = map.optional("session", default: .seconds(8 * 3600)) { $0.duration(in: hours(24 * 7)) }
        let idle = map.optional("idle", default: .seconds(3600)) { $0.duration(in: hours(24)) }
        let freshness = map.optional("fresh", default: .seconds(900)) { $0.duration(in: hours(24)) }
        let auditors = map.optional("auditors", default: []) { Approver.readList($0, people: people) }
        let administrators = map.optional("administrators", default: []) { Approver.readList($0, people: people) }
        map.finish()
        guard let issuer, let client, let url else { return nil }
        return LoginConfiguration(
            issuer: issuer,
            client: client,
            secret: secret,
            url: url.hasSuffix("/") ? String(url.dropLast()) : url,
            scopes: scopes,
            personClaim: person,
            groupsClaim: groups,
            ca: ca,
            algorithms: algorithms,
            lifetime: lifetime,
            idle: idle,
            freshness: freshness,
            auditors: auditors,
            administrators: administrators
        )
    }

    private static func hours(_ most: Int) -> ClosedRange<Duration> { .seconds(60)...(.seconds(most * 3600)) }

    private static func readScopes(_ field: Field) -> [String]? {
        guard let scopes = field.list(of: "scopes", { $0.line(limit: 128) }) else { return nil }
        guard scopes.contains("openid") else { return field.fail("`openid` is missing: no ID token would come") }
        return scopes
    }
}
