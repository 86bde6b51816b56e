internal import Identity
internal import ServiceLifecycle

/// Loads the issuers' keys at the start and keeps them fresh, so that no session waits for it.
struct IssuerKeeper: Service {
    let verifier: TokenVerifier

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await verifier.refreshKeys()
                try? await Task.sleep(for: .seconds(300))
            }
        }
    }
}
