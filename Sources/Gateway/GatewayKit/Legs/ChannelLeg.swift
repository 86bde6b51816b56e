package import NIOCore
package import NIOSSL
internal import NIOTLS

/// A leg that is one of NIO's channels: every connection begins as one, and one with TLS stays one.
package final class ChannelLeg: ChannelInboundHandler, Leg {
    package typealias InboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    /// Nil once the leg is closed: what the channel still has to say is of no interest.
    private var receiver: (any LegReceiver)?
    private var context: ChannelHandlerContext?
    private var output: LegOutput?
    package private(set) var isReading = true

    package init(receiver: any LegReceiver) {
        self.receiver = receiver
    }

    // MARK: Leg

    package func write(_ bytes: ByteBuffer) { output?.write(bytes) }

    package func flush() { output?.flush() }

    /// By the channel's own reading, which asks no handler for each read.
    package func read(_ isWanted: Bool) {
        guard isReading != isWanted else { return }
        isReading = isWanted
        // It can be set, and where the channel is closed there is nothing to read.
        try? context?.channel.syncOptions?.setOption(.autoRead, value: isWanted)
    }

    package func close() {
        receiver = nil
        context?.close(promise: nil)
    }

    /// From here on what goes out leaves the pipeline out, unless TLS is in it.
    package func leavePipeline() { output?.leavePipeline() }

    /// Begins TLS as the server. `hello`: bytes of the handshake that were read already.
    package func startTLS(_ tls: NIOSSLContext, hello: ByteBuffer?) throws {
        guard let pipeline = context?.channel.pipeline else { return }
        try pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
        guard let hello else { return }
        pipeline.syncOperations.fireChannelRead(NIOAny(hello))
        pipeline.syncOperations.fireChannelReadComplete()
    }

    /// The channel, where it may be left for its socket (`SocketHandover`).
    package var channel: (any Channel)? { receiver == nil ? nil : context?.channel }

    // MARK: What the channel does

    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        output = LegOutput(context)
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        // A channel that ended before it was ready tells nothing: without this, leg and receiver would hold each other.
        (self.context, output, receiver) = (nil, nil, nil)
    }

    package func channelActive(context: ChannelHandlerContext) {
        receiver?.opened()
        context.fireChannelActive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receiver?.received(unwrapInboundIn(data))
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        // The end of the pipeline: nobody behind it is told, or would do anything.
        receiver?.receivedAll()
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        receiver?.writabilityChanged(context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted(let alpn): receiver?.encrypted(alpn: alpn)
        case ChannelEvent.inputClosed: receiver?.closed()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    package func channelInactive(context: ChannelHandlerContext) {
        receiver?.closed()
        context.fireChannelInactive()
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        receiver?.closed()
    }
}

@available(*, unavailable)
extension ChannelLeg: Sendable {}
