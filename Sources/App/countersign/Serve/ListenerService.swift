internal import Foundation
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import PolicyEngine
internal import PostgresGateway
internal import ServiceLifecycle
internal import Synchronization

/// The listeners of targets' protocols, and the drain at their end.
struct ListenerService: Service {
    let core: GatewayCore
    let readiness: ReadyGate

    static let drainLimit = Duration.seconds(30)

    /// Event loops of each kind: half of the processors, so that loops seldom wait for each other at the ledger.
    static var loops: Int { max(1, ProcessInfo.processInfo.activeProcessorCount / 2) }

    func run() async throws {
        guard let postgres = core.listen.postgres else {
            readiness.listening { _ in }
            try? await gracefulShutdown()
            return
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: ListenerService.loops)
        let listener: PostgresListener
        do {
            listener = try await PostgresListener.bind(
                host: postgres.address.host,
                port: postgres.address.port,
                group: group,
                shared: core.shared
            )
        } catch {
            throw Failure.listening(on: "\(postgres.address)", "listen.postgres", error)
        }
        let host = postgres.address.host
        readiness.listening {
            $0.postgres = host.contains(":") ? "[\(host)]:\(listener.port)" : "\(host):\(listener.port)"
        }
        try? await gracefulShutdown()
        await listener.close()
        await drain()
        await core.shared.sockets?.shutdown()
        try await group.shutdownGracefully()
    }

    /// Sessions end when they are between commands; after the limit they are cut.
    private func drain() async {
        core.shared.drain()
        core.logger.notice("draining", metadata: ["sessions": "\(core.live.count)"])
        let deadline = ContinuousClock.now + ListenerService.drainLimit
        while core.live.count > 0, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(50))
        }
        for session in core.live.list() { _ = core.live.kill(session.id, reason: "the gateway is shutting down") }
        let cut = ContinuousClock.now + .seconds(2)
        while core.live.count > 0, ContinuousClock.now < cut { try? await Task.sleep(for: .milliseconds(10)) }
    }
}
