internal import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore
package import NIOSSL
internal import ServiceLifecycle

/// The HTTP listener of a witness that runs by itself: `/add-checkpoint`, `/healthz`.
package struct WitnessServer: Service {
    private let application: Application<RouterResponder<ConsoleContext>>

    /// - Parameters:
    ///   - host: A name or an address, without brackets.
    ///   - port: 0 lets the system choose.
    ///   - tls: Nil for plain HTTP.
    ///   - endpoint: The witness.
    ///   - logger: For what goes wrong here.
    ///   - onListening: Called once with the port that is listened on.
    /// - Throws: what NIOSSL says of a certificate or a key.
    package init(
        host: String,
        port: Int,
        tls: TLSConfiguration? = nil,
        endpoint: WitnessEndpoint,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let router = Router(context: ConsoleContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: JSONErrors())
        ConsoleRoutes.addHealth(to: router)
        WitnessRoutes(endpoint: endpoint).add(to: router)
        application = Application(
            responder: router.buildResponder(),
            server: ServerLimits.bounded(ConnectionTable(bounds: ConnectionBounds()), tls: tls),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                serverName: "countersign"
            ),
            onServerRunning: { await onListening($0.localAddress?.port ?? port) },
            eventLoopGroupProvider: .singleton,
            logger: logger.forHTTP
        )
    }

    package func run() async throws {
        try await application.run()
    }
}
