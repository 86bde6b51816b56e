/// A platform whose claims are known: what makes a token a workload's, and which claim is which provenance field.
package enum IssuerPreset: String, Hashable, Sendable, CaseIterable {
    /// GitHub Actions, and what speaks its claims (Forgejo, Gitea).
    case github
    case gitlab
    /// Projected service account tokens.
    case kubernetes
    /// Any OIDC issuer: provenance by the claim map alone.
    case generic
}
