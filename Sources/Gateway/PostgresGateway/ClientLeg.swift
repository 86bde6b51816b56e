internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// The client's end of a pipeline: turns what the channel does into events of the connection, and holds reads back
/// while the target takes nothing.
final class ClientLeg: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: PostgresConnection
    private var isReading = true

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        connection.client = context
        connection.clientOutput = LegOutput(context)
        connection.clientLeg = self
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connection.client = nil
        connection.clientOutput = nil
        connection.clientLeg = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        connection.opened()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.clientBytes(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection.flushTarget()
        connection.flushClient()
        if isReading, !connection.mayReadClient { read(false, context) }
        // The end of the pipeline: nobody behind it is told, or would do anything.
    }

    func resumeReading(_ context: ChannelHandlerContext) {
        guard !isReading, connection.mayReadClient else { return }
        read(true, context)
    }

    /// By the channel's own reading, which asks no handler for each read.
    private func read(_ isReading: Bool, _ context: ChannelHandlerContext) {
        self.isReading = isReading
        // It can be set, and where the channel is closed there is nothing to read.
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        connection.clientWritabilityChanged(context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted(let alpn): connection.clientTLSEstablished(alpn: alpn)
        case ChannelEvent.inputClosed: connection.clientClosed()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.clientClosed()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connection.clientClosed()
    }
}

@available(*, unavailable)
extension ClientLeg: Sendable {}
