import NIOCore
import NIOPosix
import Testing

@testable import GatewayKit

@Suite("What goes out on a leg")
struct LegOutputTests {
    /// Numbered bytes, so that one that is lost or overtaken shows.
    private static let chunk = 48 * 1024
    private static let chunks = 200

    private static func bytes(_ number: Int) -> ByteBuffer {
        ByteBuffer(
            bytes: (0..<chunk / 4).flatMap { word -> [UInt8] in
                let value = UInt32(number * chunk / 4 + word)
                return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
            }
        )
    }

    /// Writes half of the chunks at once, more than a socket takes, and the others when it takes bytes again.
    private final class Writer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private var output: LegOutput?
        private var next = 0

        func channelActive(context: ChannelHandlerContext) {
            output = LegOutput(context)
            output?.leavePipeline()
            write(upTo: LegOutputTests.chunks / 2)
        }

        func channelWritabilityChanged(context: ChannelHandlerContext) {
            if context.channel.isWritable { write(upTo: LegOutputTests.chunks) }
        }

        private func write(upTo end: Int) {
            while next < end {
                // A flush may find the channel writable again, and come back here before it returns.
                let number = next
                next += 1
                output?.write(LegOutputTests.bytes(number))
                // Now and then two before a flush.
                if number % 5 != 0 { output?.flush() }
            }
            output?.flush()
        }
    }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private var read = ByteBuffer()
        private let done: EventLoopPromise<ByteBuffer>

        init(_ done: EventLoopPromise<ByteBuffer>) { self.done = done }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            read.writeImmutableBuffer(unwrapInboundIn(data))
            if read.readableBytes >= LegOutputTests.chunk * LegOutputTests.chunks { done.succeed(read) }
        }
    }

    @Test("Bytes come whole and in order where the other side is slower than they are", .timeLimit(.minutes(1)))
    func ordered() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let server = try await ServerBootstrap(group: group)
            .childChannelOption(.socketOption(.so_sndbuf), value: 64 * 1024)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Writer()) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let done = group.next().makePromise(of: ByteBuffer.self)
        let port = try #require(server.localAddress?.port)
        let client = try await ClientBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Reader(done)) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        let read = try await done.futureResult.get()
        var expected = ByteBuffer()
        for number in 0..<LegOutputTests.chunks { expected.writeImmutableBuffer(LegOutputTests.bytes(number)) }
        #expect(read == expected)
        try await client.close()
        try await server.close()
        try await group.shutdownGracefully()
    }

    /// Writes until the connection is over, as a session may that has not heard of it yet.
    private final class Insister: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private var output: LegOutput?
        private let over: EventLoopPromise<Void>

        init(_ over: EventLoopPromise<Void>) { self.over = over }

        func channelActive(context: ChannelHandlerContext) {
            output = LegOutput(context)
            output?.leavePipeline()
            insist(context)
        }

        private func insist(_ context: ChannelHandlerContext) {
            for _ in 0..<3 {
                output?.write(ByteBuffer(string: "still here"))
                output?.flush()
            }
            guard context.channel.isActive else { return over.succeed() }
            context.eventLoop.assumeIsolated().execute { self.insist(context) }
        }
    }

    @Test("A write to a connection that is over ends it, and hurts nobody", .timeLimit(.minutes(1)))
    func over() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let over = group.next().makePromise(of: Void.self)
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Insister(over)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let client = try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: port).get()
        try await client.close()
        try await over.futureResult.get()
        try await server.close()
        try await group.shutdownGracefully()
    }
}
