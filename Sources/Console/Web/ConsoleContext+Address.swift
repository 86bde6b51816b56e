internal import NIOCore

extension ConsoleContext {
    /// The IP address that the request comes from, without the port; nil where there is none, as on a Unix socket.
    var client: String? { source?.ipAddress }

    /// Whether it comes from this machine. A proxy on this machine makes everybody local.
    var isLoopback: Bool {
        switch source {
        case .v4: client?.hasPrefix("127.") == true
        case .v6: client == "::1" || client?.lowercased().hasPrefix("::ffff:127.") == true
        case .unixDomainSocket, nil: false
        }
    }
}
