internal import Glibc
internal import NIOCore

/// The end of a connection's pipeline that is nearest to the socket: what closes here does not wait for the peer, as TLS
/// does for its word of farewell.
final class ConnectionDoor: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    let table: ConnectionTable
    /// Nil where there was none.
    private(set) var place: ConnectionTable.Place?
    private var context: ChannelHandlerContext?

    init(_ table: ConnectionTable) { self.table = table }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let (door, loop) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.eventLoop)
        let address = ConnectionDoor.source(context.channel.remoteAddress)
        place = table.enter(from: address) { loop.execute { door.value.shut() } }
        guard let place else { return }
        context.channel.closeFuture.whenComplete { [table] _ in table.leave(place) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func shut() { context?.close(promise: nil) }

    /// What counts as one address: one of IPv4, also where it comes in IPv6; of IPv6 the first 64 bits.
    static func source(_ address: SocketAddress?) -> String {
        guard case .v6? = address, let text = address?.ipAddress else { return address?.ipAddress ?? "" }
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return text }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        guard !isMapped else { return bytes[12...].map { "\($0)" }.joined(separator: ".") }
        return bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}
