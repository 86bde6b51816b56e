internal import GatewayKit
internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import PostgresWire

/// Asks a target for TLS and waits for the handshake; then it leaves the pipeline.
final class TLSNegotiation: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let tls: TargetTLS
    private let sslContext: NIOSSLContext
    private let insists: Bool
    private var done: EventLoopPromise<TargetDialer.Dialled>?

    init(tls: TargetTLS, context: NIOSSLContext, insists: Bool, done: EventLoopPromise<TargetDialer.Dialled>) {
        self.tls = tls
        self.sslContext = context
        self.insists = insists
        self.done = done
    }

    func handlerAdded(context: ChannelHandlerContext) {
        var buffer = context.channel.allocator.buffer(capacity: 8)
        buffer.writePacket { $0.writeInteger(StartupPacket.sslCode) }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        // One byte and no more: what came with it would not be protected by TLS (CVE-2021-23222).
        guard bytes.readableBytes == 1, let answer = bytes.readInteger(as: UInt8.self) else {
            return fail(.tls("the target answered the request for TLS with something else"), context)
        }
        switch answer {
        case 0x53: startTLS(context)
        case 0x4E where !tls.isRequired && !insists: finish(context, isEncrypted: false, binding: nil)
        default: fail(.tls("the target does not offer TLS"), context)
        }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        do {
            let handler = try NIOSSLClientHandler(context: sslContext, serverHostname: tls.serverName)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            fail(.tls("\(error)"), context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case TLSUserEvent.handshakeCompleted = event else { return context.fireUserInboundEventTriggered(event) }
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
        finish(context, isEncrypted: true, binding: TargetDialer.channelBinding(of: handler?.peerCertificate))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(.tls("\(error)"), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.tls("the target closed the connection"), context)
    }

    private func finish(_ context: ChannelHandlerContext, isEncrypted: Bool, binding: [UInt8]?) {
        let channel = context.channel
        let promise = done
        done = nil
        context.pipeline.syncOperations.removeHandler(self).whenComplete { _ in
            promise?.succeed(.init(channel: channel, isEncrypted: isEncrypted, channelBinding: binding))
        }
    }

    private func fail(_ failure: TargetStartupFailure, _ context: ChannelHandlerContext) {
        done?.fail(failure)
        done = nil
        context.close(promise: nil)
    }
}
