internal import Glibc
internal import NIOCore
internal import NIOSSL

/// What goes out on one leg of a connection: by the channel's pipeline or, where nothing in the pipeline has to see it,
/// with one system call straight to the socket.
///
/// What the kernel does not take at once goes to the channel, which waits until the socket is writable; until the channel
/// has written that, everything goes to it, so that no byte overtakes another and its marks of back-pressure hold.
/// What fails, the channel meets again at its own write, and ends the connection for it. On the event loop alone.
final class LegOutput {
    private let context: ChannelHandlerContext
    /// The socket, where it is written to without the pipeline.
    private var socket: (channel: any Channel, descriptor: NIOBSDSocket.Handle)?
    /// Bytes that nobody has yet; at the next flush they go out.
    private var held: ByteBuffer?
    private var isFlushDue = false
    /// Whether the channel was given a write whose end is known, since the socket is in use; and how many it still has.
    private var isBehindChannel = true
    private var writesOfChannel = 0

    init(_ context: ChannelHandlerContext) {
        self.context = context
    }

    /// From here on writes leave the pipeline out, unless TLS is in it. The first one still goes by the channel, behind
    /// whatever that may have.
    func leavePipeline() {
        let pipeline = context.pipeline.syncOperations
        guard (try? pipeline.handler(type: NIOSSLServerHandler.self)) == nil,
            (try? pipeline.handler(type: NIOSSLClientHandler.self)) == nil,
            let descriptor = try? pipeline.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self, { $0 })
        else { return }
        socket = (context.channel, descriptor)
    }

    func write(_ bytes: ByteBuffer) {
        isFlushDue = true
        guard socket != nil else { return context.write(NIOAny(bytes), promise: nil) }
        guard !isBehindChannel else { return pass(bytes) }
        guard let first = held else { return held = bytes }
        // Two at once: the channel makes one system call of them.
        held = nil
        pass(first)
        pass(bytes)
    }

    func flush() {
        guard isFlushDue else { return }
        isFlushDue = false
        guard var bytes = held else { return context.flush() }
        held = nil
        bytes.moveReaderIndex(forwardBy: send(bytes))
        guard bytes.readableBytes > 0 else { return }
        pass(bytes)
        context.flush()
    }

    /// Gives bytes to the channel, and notes when it has written them and with them all before.
    private func pass(_ bytes: ByteBuffer) {
        isBehindChannel = true
        writesOfChannel += 1
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] _ in
            writesOfChannel -= 1
            isBehindChannel = writesOfChannel > 0
        }
        context.write(NIOAny(bytes), promise: promise)
    }

    /// Bytes that the kernel took: none where the socket is full, or the connection is no more. An inactive channel has
    /// closed its descriptor, whose number may be another's by now.
    private func send(_ bytes: ByteBuffer) -> Int {
        guard let socket, socket.channel.isActive else { return 0 }
        return bytes.withUnsafeReadableBytes { raw in
            max(0, Glibc.send(socket.descriptor, raw.baseAddress, raw.count, LegOutput.flags))
        }
    }

    /// No signal where the other side is gone, and never a wait.
    private static let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
}

@available(*, unavailable)
extension LegOutput: Sendable {}
