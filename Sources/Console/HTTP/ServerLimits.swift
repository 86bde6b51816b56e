internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore

/// The bounds of the console's and the admin socket's HTTP: health checks and short questions, nothing larger.
enum ServerLimits {
    /// Connections served at once; more wait in the kernel's queue.
    static let connections = 256
    /// Seconds without a byte before a connection is closed.
    static let idle: TimeAmount = .seconds(30)

    static var http: HTTPServerBuilder {
        .http1(
            configuration: .init(
                idleTimeout: idle,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 * 1024,
                    maxHeaderListSize: 32 * 1024,
                    maxHeaderFieldCount: 100
                )
            )
        )
    }
}
