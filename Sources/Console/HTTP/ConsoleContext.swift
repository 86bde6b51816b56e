internal import Hummingbird
internal import NIOCore

/// A request with the address that it came from.
struct ConsoleContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Nil where there is none, as on a Unix socket.
    let remoteAddress: SocketAddress?

    init(source: Source) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// The IP address, without the port.
    var client: String? { remoteAddress?.ipAddress }

    /// Whether it comes from this machine. A proxy on this machine makes everybody local.
    var isLoopback: Bool {
        switch remoteAddress {
        case .v4: client?.hasPrefix("127.") == true
        case .v6: client == "::1" || client?.lowercased().hasPrefix("::ffff:127.") == true
        case .unixDomainSocket, nil: false
        }
    }
}
