internal import Hummingbird
internal import HummingbirdCore
package import Logging
package import NIOCore
internal import ServiceLifecycle

/// HTTP on a Unix socket that only the gateway's own user may open: what `countersign reload` and `sessions` speak to.
///
/// Who may open the socket may do everything here; there is no other authentication.
package struct AdminServer: Service {
    private let socket: AdminSocket
    private let application: Application<RouterResponder<BasicRequestContext>>
    private let failure: AdminFailure

    /// - Parameters:
    ///   - path: `DATA/admin.sock`, at most 101 bytes. DATA must exist.
    ///   - ports: What it asks of the gateway.
    ///   - logger: For what goes wrong here; never for what is asked.
    ///   - eventLoopGroup: Nil for the process's own.
    ///   - onListening: Called once when clients can connect.
    /// - Throws: `pathTooLong`.
    package init(
        path: String,
        ports: AdminPorts,
        logger: Logger,
        eventLoopGroup: (any EventLoopGroup)? = nil,
        onListening: @escaping @Sendable () async -> Void = {}
    ) throws(AdminSocketError) {
        let socket = try AdminSocket(path: path)
        let failure = AdminFailure()
        self.socket = socket
        self.failure = failure
        application = Application(
            responder: AdminRoutes(ports: ports).router.buildResponder(),
            server: ServerLimits.trusted,
            configuration: ApplicationConfiguration(
                address: .unixDomainSocket(path: socket.bindingPath),
                serverName: "countersign",
                availableConnectionsDelegate: MaximumAvailableConnections(ServerLimits.adminConnections)
            ),
            onServerRunning: { channel in
                do throws(AdminSocketError) {
                    try socket.publish()
                } catch {
                    failure.record(error)
                    channel.close(promise: nil)
                    return
                }
                await onListening()
            },
            eventLoopGroupProvider: eventLoopGroup.map { .shared($0) } ?? .singleton,
            logger: logger.forHTTP
        )
    }

    /// Serves until the service is shut down, then removes the socket.
    package func run() async throws {
        try socket.prepare()
        defer { socket.remove() }
        try await application.run()
        if let error = failure.error { throw error }
    }
}
