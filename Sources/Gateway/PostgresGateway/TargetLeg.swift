internal import NIOCore

/// The target's end of a pipeline, as ClientLeg is the client's.
final class TargetLeg: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: PostgresConnection
    private var isReadWithheld = false

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        connection.target = context
        connection.targetLeg = self
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connection.target = nil
        connection.targetLeg = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.targetBytes(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection.flushClient()
        connection.flushTarget()
        // The end of the pipeline: nobody behind it is told, or would do anything.
    }

    func read(context: ChannelHandlerContext) {
        guard connection.mayReadTarget else {
            isReadWithheld = true
            return
        }
        context.read()
    }

    func resumeReading(_ context: ChannelHandlerContext) {
        guard isReadWithheld, connection.mayReadTarget else { return }
        isReadWithheld = false
        context.read()
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
