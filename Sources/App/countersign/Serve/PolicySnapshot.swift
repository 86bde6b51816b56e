internal import PolicyEngine

/// A configuration in force, with everything that was made of it: replaced as a whole.
struct PolicySnapshot: Sendable {
    var policy: PolicySet
    var targets: [String: ResolvedTarget]
    var configuration: Configuration { policy.configuration }
}
