internal import NIOCore

/// The target's end of a pipeline, as ClientLeg is the client's.
final class TargetLeg: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: PostgresConnection
    private var isReading = true

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        connection.target = context
        connection.targetOutput = LegOutput(context)
        connection.targetLeg = self
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connection.target = nil
        connection.targetOutput = nil
        connection.targetLeg = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.targetBytes(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection.flushClient()
        connection.flushTarget()
        if isReading, !connection.mayReadTarget { read(false, context) }
        // The end of the pipeline: nobody behind it is told, or would do anything.
    }

    func resumeReading(_ context: ChannelHandlerContext) {
        guard !isReading, connection.mayReadTarget else { return }
        read(true, context)
    }

    /// By the channel's own reading, which asks no handler for each read.
    private func read(_ isReading: Bool, _ context: ChannelHandlerContext) {
        self.isReading = isReading
        // It can be set, and where the channel is closed there is nothing to read.
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        connection.targetWritabilityChanged(context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        connection.targetClosed()
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.targetClosed()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connection.targetClosed()
    }
}

@available(*, unavailable)
extension TargetLeg: Sendable {}
