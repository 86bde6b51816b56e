internal import ServiceLifecycle

/// Looks each second how far the ledger is ahead of its witnesses.
struct WitnessKeeper: Service {
    let witnesses: LedgerWitnesses

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                witnesses.look()
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
