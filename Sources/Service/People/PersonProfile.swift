package import AccessModel

/// What the policy in force says of a person; asked for each request, so that whoever leaves is out at once.
package struct PersonProfile: Hashable, Sendable {
    package var name: String
    /// All of them: the configuration's and the provider's.
    package var groups: Set<String>
    package var capabilities: Set<Capability>
    /// Their names at issuers: who asked under one of them cannot approve.
    package var aliases: Set<String>

    package init(name: String, groups: Set<String>, capabilities: Set<Capability>, aliases: Set<String> = []) {
        self.name = name
        self.groups = groups
        self.capabilities = capabilities
        self.aliases = aliases
    }
}
