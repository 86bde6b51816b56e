internal import GatewayKit
internal import NIOCore

/// What a leg of a connection does, as events of the connection. Its leg holds it until it is closed.
final class ConnectionEnd: LegReceiver {
    enum Side {
        case client
        case target
    }

    private let connection: PostgresConnection
    private let side: Side

    init(_ connection: PostgresConnection, _ side: Side) {
        self.connection = connection
        self.side = side
    }

    func opened() {
        if side == .client { connection.opened() }
    }

    func encrypted(alpn: String?) {
        if side == .client { connection.clientTLSEstablished(alpn: alpn) }
    }

    func received(_ bytes: ByteBuffer) {
        switch side {
        case .client: connection.clientBytes(bytes)
        case .target: connection.targetBytes(bytes)
        }
    }

    func receivedAll() { connection.receivedAll(from: side) }

    func writabilityChanged(_ isWritable: Bool) { connection.writabilityChanged(isWritable, of: side) }

    func closed() {
        switch side {
        case .client: connection.clientClosed()
        case .target: connection.targetClosed()
        }
    }
}

@available(*, unavailable)
extension ConnectionEnd: Sendable {}
