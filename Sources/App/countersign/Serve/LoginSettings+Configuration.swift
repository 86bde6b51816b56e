internal import People
internal import PolicyEngine

extension LoginSettings {
    /// Without a `login` there is no provider, and sessions last as long as they do by default.
    init(_ login: LoginConfiguration?) {
        self.init(
            hasProvider: login != nil,
            client: login?.client ?? "",
            scopes: login?.scopes ?? [],
            redirectURI: login.map { "\($0.url)/login/callback" } ?? "",
            personClaim: login?.personClaim ?? "",
            groupsClaim: login?.groupsClaim,
            lifetime: login?.lifetime ?? .seconds(8 * 3600),
            idle: login?.idle ?? .seconds(3600),
            freshness: login?.freshness ?? .seconds(900)
        )
    }
}
