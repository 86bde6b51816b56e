package import AccessModel

/// The policy in force: binds identities to roles, and decides commands. A value: it never changes, and may be used
/// from every thread at once.
package struct PolicySet: Sendable {
    /// `sha256:` and the digest of the configuration file.
    package let id: String
    package let configuration: Configuration
    let roles: [String: CompiledRole]
    /// In the order of the file.
    let roleNames: [String]
    let targets: [String: TargetConfiguration]

    package init(_ configuration: Configuration, id: String) {
        self.id = id
        self.configuration = configuration
        roles = Dictionary(configuration.roles.map { ($0.name, CompiledRole($0)) }) { first, _ in first }
        roleNames = configuration.roles.map(\.name)
        targets = Dictionary(configuration.targets.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The first moment at which one of these roles has ended: until then a decision for them holds, as long as this
    /// policy is in force. Nil where none of them is in the policy.
    package func nextExpiry(of names: [String]) -> Timestamp? {
        names.compactMap { roles[$0]?.role.expires }.min()
    }
}
