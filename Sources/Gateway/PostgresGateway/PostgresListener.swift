internal import GatewayKit
internal import Logging
package import NIOCore
internal import NIOPosix

/// Accepts PostgreSQL clients on one address.
package struct PostgresListener: Sendable {
    private let channel: any Channel

    /// Binds and begins to accept. Throws what the system says when the address cannot be had.
    package static func bind(
        host: String,
        port: Int,
        group: any EventLoopGroup,
        shared: GatewayShared
    ) async throws -> PostgresListener {
        let states = LoopStates(shared: shared)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let connection = PostgresConnection(
                        shared: shared,
                        loop: channel.eventLoop,
                        states: states,
                        source: SourceEndpoint(channel.remoteAddress)
                    )
                    let leg = ChannelLeg(receiver: ConnectionEnd(connection, .client))
                    connection.client = leg
                    try channel.pipeline.syncOperations.addHandler(leg)
                }
            }
            .bind(host: host, port: port).get()
        return PostgresListener(channel: channel)
    }

    package var port: Int { channel.localAddress?.port ?? 0 }

    /// Accepts no more; the sessions that are up go on.
    package func close() async {
        try? await channel.close()
    }
}

extension SourceEndpoint {
    init(_ address: SocketAddress?) {
        self.init(address: address?.ipAddress ?? address?.pathname ?? "unknown", port: address?.port ?? 0)
    }
}
