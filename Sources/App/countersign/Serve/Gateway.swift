internal import AuditLog
internal import Console
internal import Foundation
internal import GatewayKit
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import PolicyEngine
internal import ServiceLifecycle
internal import UnixSignals

/// A gateway from start to drain.
struct Gateway {
    let core: GatewayCore

    init(configurationFile: String, logger: Logger) throws {
        core = try GatewayCore(configurationFile: configurationFile, logger: logger)
    }

    /// Runs until SIGTERM or SIGINT, or until the task is cancelled; then no new session begins, live ones end between
    /// commands, and after 30 seconds the rest is cut. `onReady` is called once everything listens.
    func run(onReady: @escaping @Sendable (GatewayAddresses) -> Void) async throws {
        let readiness = ReadyGate(waiting: core.listen.console == nil ? 2 : 3, onReady: onReady)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = []
        let admin = try AdminServer(
            path: "\(core.data)/admin.sock",
            ports: core.adminPorts,
            logger: core.logger,
            onListening: { readiness.listening { _ in } }
        )
        services.append(Gateway.listener(admin))
        if let console = core.listen.console {
            let terms = core.listen.consoleTerms
            let server = try ConsoleServer(
                host: console.address.host,
                port: console.address.port,
                tls: try ConfigurationResolver(path: core.configurationFile).listenerTLS(console),
                bounds: ConnectionBounds(most: terms.mostConnections, perAddress: terms.connectionsPerAddress),
                ports: core.consolePorts,
                logger: core.logger,
                onListening: { port in
                    let scheme = console.tls == nil ? "http" : "https"
                    readiness.listening { $0.console = "\(scheme)://\(console.address.host):\(port)" }
                }
            )
            services.append(Gateway.listener(ConsoleService(server: server, address: "\(console.address)")))
        }
        services.append(.init(service: IssuerKeeper(verifier: core.verifier)))
        if let provider = core.provider { services.append(.init(service: IssuerKeeper(verifier: provider.verifier))) }
        services.append(.init(service: ReloadSignal(core: core)))
        services.append(.init(service: IndexKeeper(core: core)))
        services.append(.init(service: BlobKeeper(core: core)))
        services.append(.init(service: ApprovalClock(core: core)))
        services.append(.init(service: TrafficClock(core: core)))
        if let witnesses = core.witnesses { services.append(.init(service: WitnessKeeper(witnesses: witnesses))) }
        // The last one is shut down first: while sessions drain, health and admin still answer.
        services.append(Gateway.listener(ListenerService(core: core, readiness: readiness)))
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: core.logger
            )
        )
        do {
            try await Gateway.runToItsEnd(group)
        } catch {
            core.recordStop(reason: "failed")
            await core.close()
            throw error
        }
        core.recordStop(reason: "stopped by a signal")
        await core.close()
    }

    /// The group does not see the cancellation of this task: it would cancel what runs, and sessions would be cut where
    /// they may drain.
    private static func runToItsEnd(_ group: ServiceGroup) async throws {
        let running = Task { try await group.run() }
        try await withTaskCancellationHandler {
            try await running.value
        } onCancel: {
            Task { await group.triggerGracefulShutdown() }
        }
    }

    /// A listener that ends, well or not, ends the gateway, which drains either way.
    private static func listener(_ service: any Service) -> ServiceGroupConfiguration.ServiceConfiguration {
        .init(
            service: service,
            successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup
        )
    }
}
