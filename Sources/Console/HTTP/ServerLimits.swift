internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import NIOCore
internal import NIOSSL

/// The bounds of the console's, the witness's and the admin socket's HTTP: short questions, nothing larger.
enum ServerLimits {
    /// Connections of the admin socket that are served at once; more wait in the kernel's queue.
    static let adminConnections = 256

    /// For a socket that only its owner may open.
    static var trusted: HTTPServerBuilder { .http1(configuration: http(ConnectionBounds().idle)) }

    /// For a port that others reach.
    static func bounded(_ table: ConnectionTable, tls: TLSConfiguration?) -> HTTPServerBuilder {
        let bounds = table.bounds
        return HTTPServerBuilder { responder in
            let plain = HTTP1Channel(responder: responder, configuration: http(bounds.idle, watch: RequestWatch()))
            guard let tls else { return BoundedChannel(base: plain, table: table) }
            return BoundedChannel(base: try TLSChannel(plain, tlsConfiguration: tls), table: table)
        }
    }

    private static func http(
        _ idle: TimeAmount,
        watch: @autoclosure @escaping @Sendable () -> RequestWatch? = nil
    ) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [watch()].compactMap { $0 },
            idleTimeout: idle,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 * 1024,
                maxHeaderListSize: 32 * 1024,
                maxHeaderFieldCount: 100
            )
        )
    }
}
