/// Somebody of the configuration's people who has logged in.
package struct SignedInPerson: Hashable, Sendable {
    /// The key in the configuration: an e-mail address as a rule.
    package var id: String
    package var name: String
    package var groups: Set<String>
    package var capabilities: Set<Capability>
    /// The names that the identity provider has for them, and that a platform may have put into a token.
    package var aliases: Set<String>
    /// When they last proved who they are.
    package var authenticated: Timestamp
    /// Whether that was lately enough to approve something.
    package var isFresh: Bool
    /// What a form must carry, so that no other site can send it.
    package var formToken: String
    /// How they came: `console`, `cli`, `link`.
    package var channel: String
    /// Known only as whoever may open the admin socket, and not as one of the people of the configuration.
    package var isLocal: Bool

    package init(
        id: String,
        name: String,
        groups: Set<String>,
        capabilities: Set<Capability>,
        aliases: Set<String>,
        authenticated: Timestamp,
        isFresh: Bool,
        formToken: String,
        channel: String,
        isLocal: Bool = false
    ) {
        self.id = id
        self.name = name
        self.groups = groups
        self.capabilities = capabilities
        self.aliases = aliases
        self.authenticated = authenticated
        self.isFresh = isFresh
        self.formToken = formToken
        self.channel = channel
        self.isLocal = isLocal
    }

    package func may(_ capability: Capability) -> Bool { capabilities.contains(capability) }
}
