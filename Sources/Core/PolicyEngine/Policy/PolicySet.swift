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

    /// The first moment after this one at which a decision for these roles can change by time alone: one of them ends, or
    /// a window of its session or of a grant opens or closes. Until then what was decided at `moment` holds, as long as
    /// this policy is in force. Nil where there is no such moment: all of them have ended or are not in the policy.
    package func validUntil(roles names: [String], at moment: Timestamp) -> Timestamp? {
        names.compactMap { roles[$0]?.nextChange(after: moment) }.min()
    }
}
