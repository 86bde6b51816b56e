internal import AccessModel

/// What commands ask of a running gateway, through its admin socket or through its API. Each throws where no answer came,
/// and gives every answer that did.
protocol GatewayAccess: Sendable {
    /// Pages of `{"sessions":[…]}`: all live ones.
    func sessions() async throws -> [GatewayAnswer]
    func kill(_ session: ULID) async throws -> GatewayAnswer
    func status() async throws -> GatewayAnswer
    /// `{"approvals":[…]}`
    func approvals() async throws -> GatewayAnswer
    func approval(_ id: ULID) async throws -> GatewayAnswer
    /// `verdict` is `approve` or `deny`, `digest` that of the command that was shown.
    func answer(_ approval: String, _ verdict: String, digest: String, reason: String?) async throws -> GatewayAnswer
    /// What an answer that is not what a gateway sends is called.
    var unexpected: Failure { get }
}
