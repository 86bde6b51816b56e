internal import Approvals
internal import ServiceLifecycle

/// Ends approvals that nobody gave in time.
struct ApprovalClock: Service {
    let core: GatewayCore

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .milliseconds(500))
                core.approvals.tick()
            }
        }
    }
}
