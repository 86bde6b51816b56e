internal import GatewayKit
internal import NIOCore
internal import PostgresWire

/// Passes a cancel request on to the target of the session it belongs to, on a connection of its own, with TLS where
/// the session has it. PostgreSQL gives no answer, so neither side waits for one.
enum CancelForwarder {
    static func forward(to destination: CancelKeys.Destination, on loop: any EventLoop) -> EventLoopFuture<Void> {
        TargetDialer(loop: loop, timeout: .seconds(5)).dial(destination.endpoint).flatMap { dialled in
            let channel = dialled.channel
            var buffer = channel.allocator.buffer(capacity: 16)
            buffer.writePacket { body in
                body.writeInteger(StartupPacket.cancelCode)
                body.writeInteger(destination.process)
                body.writeBytes(destination.secret)
            }
            // The target closes when it has read the request; closing first could overtake it.
            return channel.writeAndFlush(buffer).flatMap { channel.closeFuture }
        }
    }
}
