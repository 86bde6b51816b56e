internal import PolicyEngine

/// A configuration in force, with everything that was made of it: replaced as a whole.
struct PolicySnapshot: Sendable {
    var policy: PolicySet
    var targets: [String: ResolvedTarget]
    /// What `check` warns of in the file, whatever the time.
    var warnings: [Diagnostic] = []
    var configuration: Configuration { policy.configuration }
}
