internal import Hummingbird
internal import HummingbirdCore
package import Logging
package import NIOCore
package import NIOSSL
internal import ServiceLifecycle

/// The HTTP listener for operators and their monitoring: `/healthz`, `/readyz`, `/metrics`, `/ledger/`, `/witness/`.
///
/// What needs no login shows no name of a person, a role or a target, but for the records that `ledger.publish` shows to
/// whom it says. Without TLS it may be bound to a
/// loopback address only; the configuration refuses anything else before this type is made.
package struct ConsoleServer: Service {
    private let application: Application<RouterResponder<ConsoleContext>>
    let connections: ConnectionTable

    /// - Parameters:
    ///   - host: A name or an address, without brackets.
    ///   - port: 0 lets the system choose.
    ///   - tls: Nil for plain HTTP.
    ///   - bounds: How many connections it takes.
    ///   - ports: What it asks of the gateway.
    ///   - logger: For what goes wrong here; never for what is asked.
    ///   - eventLoopGroup: Nil for the process's own.
    ///   - onListening: Called once with the port that is listened on.
    /// - Throws: what NIOSSL says of a certificate or a key.
    package init(
        host: String,
        port: Int,
        tls: TLSConfiguration? = nil,
        bounds: ConnectionBounds = ConnectionBounds(),
        ports: ConsolePorts,
        logger: Logger,
        eventLoopGroup: (any EventLoopGroup)? = nil,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        connections = ConnectionTable(bounds: bounds)
        application = Application(
            responder: ConsoleRoutes(ports: ports).router.buildResponder(),
            server: ServerLimits.bounded(connections, tls: tls),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                serverName: "countersign"
            ),
            onServerRunning: { await onListening($0.localAddress?.port ?? port) },
            eventLoopGroupProvider: eventLoopGroup.map { .shared($0) } ?? .singleton,
            logger: logger.forHTTP
        )
    }

    package func run() async throws {
        try await application.run()
    }
}
