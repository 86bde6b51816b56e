internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// SIGHUP reads the configuration again.
struct ReloadSignal: Service {
    let core: GatewayCore

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            do {
                _ = try core.reload()
            } catch {
                core.logger.error(
                    "the configuration was refused; the old policy stays in force",
                    metadata: ["cause": "\(error)"]
                )
            }
        }
    }
}
