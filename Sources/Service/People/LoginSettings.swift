/// How people log in: an OpenID Connect provider and what its tokens say (OpenID Connect Core 1.0, code flow with PKCE).
package struct LoginSettings: Hashable, Sendable {
    /// False where no provider is configured, and only links log somebody in.
    package var hasProvider: Bool
    package var client: String
    package var scopes: [String]
    /// `https://console.example.com/login/callback`
    package var redirectURI: String
    /// The claim that names the person as the configuration does.
    package var personClaim: String
    /// The claim with groups; nil where the configuration alone has them.
    package var groupsClaim: String?
    /// How long a session lasts, whatever happens in it, and without a request.
    package var lifetime: Duration
    package var idle: Duration
    /// How long ago somebody may have logged in to approve something.
    package var freshness: Duration

    package init(
        hasProvider: Bool = true,
        client: String,
        scopes: [String],
        redirectURI: String,
        personClaim: String,
        groupsClaim: String?,
        lifetime: Duration,
        idle: Duration,
        freshness: Duration
    ) {
        self.hasProvider = hasProvider
        self.client = client
        self.scopes = scopes
        self.redirectURI = redirectURI
        self.personClaim = personClaim
        self.groupsClaim = groupsClaim
        self.lifetime = lifetime
        self.idle = idle
        self.freshness = freshness
    }
}
