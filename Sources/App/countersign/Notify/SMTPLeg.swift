internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import Notifications

/// Runs one dialogue of SMTP on a connection.
final class SMTPLeg: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var dialogue: SMTPDialogue
    private let tls: NIOSSLContext?
    private let serverName: String?
    private let delivered: EventLoopPromise<Void>
    private var received: [UInt8] = []
    /// STARTTLS was agreed to, and TLS is not up: nothing may come in clear any more.
    private var isSecuring = false

    init(_ dialogue: SMTPDialogue, tls: NIOSSLContext?, serverName: String?, _ delivered: EventLoopPromise<Void>) {
        self.dialogue = dialogue
        self.tls = tls
        self.serverName = serverName
        self.delivered = delivered
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += Self.unwrapInboundIn(data).readableBytesView
        do throws(SMTPFault) {
            while let reply = try SMTPReply.next(in: &received) {
                guard !isSecuring else { throw SMTPFault(.injected) }
                try perform(try dialogue.replied(reply), context)
            }
        } catch {
            fail(error, context)
        }
    }

    private func perform(_ action: SMTPDialogue.Action, _ context: ChannelHandlerContext) throws(SMTPFault) {
        switch action {
        case .send(let bytes): send(bytes, context)
        case .startTLS: try secure(context)
        case .delivered:
            delivered.succeed()
            send(SMTPDialogue.quit, context)
            context.close(promise: nil)
        }
    }

    private func secure(_ context: ChannelHandlerContext) throws(SMTPFault) {
        guard received.isEmpty else { throw SMTPFault(.injected) }
        isSecuring = true
        do {
            guard let tls else { throw SMTPFault(.noSTARTTLS) }
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: serverName)
            try context.pipeline.syncOperations.addHandler(handler, position: .before(self))
        } catch {
            throw SMTPFault(.noSTARTTLS)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isSecuring, case .handshakeCompleted? = event as? TLSUserEvent {
            isSecuring = false
            if case .send(let bytes) = dialogue.secured() { send(bytes, context) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error, context) }

    func channelInactive(context: ChannelHandlerContext) {
        delivered.fail(ChannelError.ioOnClosedChannel)
        context.fireChannelInactive()
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        delivered.fail(error)
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension SMTPLeg: Sendable {}
