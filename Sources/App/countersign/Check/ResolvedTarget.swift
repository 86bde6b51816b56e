internal import GatewayKit

/// A target with its secrets, as sessions use it.
struct ResolvedTarget: Sendable {
    var endpoint: TargetEndpoint
    var user: String
    var password: String?
    var connectTimeout: Duration
}
