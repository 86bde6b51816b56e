internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Tells when the connection to a receiver can be used, and ends it at the first error. What a receiver sends is dropped.
final class SyslogLeg: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let ready: EventLoopPromise<Void>
    private let isSecured: Bool

    init(_ ready: EventLoopPromise<Void>, isSecured: Bool) {
        self.ready = ready
        self.isSecured = isSecured
    }

    func channelActive(context: ChannelHandlerContext) {
        if !isSecured { ready.succeed() }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { ready.succeed() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ready.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        ready.fail(ChannelError.ioOnClosedChannel)
        context.fireChannelInactive()
    }
}

@available(*, unavailable)
extension SyslogLeg: Sendable {}
