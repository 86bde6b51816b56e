internal import ServiceLifecycle

/// Brings the search index up to the ledger while the gateway has time for it.
struct IndexKeeper: Service {
    let core: GatewayCore

    func run() async throws {
        try? await gracefulShutdown()
    }
}
