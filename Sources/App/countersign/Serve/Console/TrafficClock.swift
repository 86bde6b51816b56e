internal import Console
internal import ServiceLifecycle

/// Has the gateway's counters noted every few seconds.
struct TrafficClock: Service {
    let core: GatewayCore

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(TrafficSeries.step))
                core.noteTraffic()
            }
        }
    }
}
