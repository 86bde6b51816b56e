import Dispatch
import Glibc
import NIOCore
import Testing

@testable import GatewayKit

@Suite("A leg on its socket", .timeLimit(.minutes(1)))
struct SocketLegTests {
    /// Numbered bytes, so that one that is lost or overtaken shows.
    private static func numbered(_ count: Int) -> [UInt8] {
        (0..<count / 4).flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    /// What blocks does so on a thread that nothing else needs.
    private static func apart<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }

    @Test("Bytes are received in order, whatever is kept of those before")
    func receives() async throws {
        let stage = try await SocketStage()
        try await stage.on { $0.witness.keeps = true }
        let bytes = SocketLegTests.numbered(4 << 20)
        await SocketLegTests.apart { stage.pair.send(bytes) }
        try await stage.until { $0.bytes.count == bytes.count }
        let (flat, kept) = try await stage.on { actors in
            (actors.witness.bytes, actors.witness.kept.flatMap { Array($0.readableBytesView) })
        }
        #expect(flat == bytes)
        #expect(kept == bytes)
        try await stage.end()
    }

    @Test("Memory that nobody holds is read into again")
    func reuses() async throws {
        let stage = try await SocketStage()
        for round in 1...50 {
            await SocketLegTests.apart { stage.pair.send([1, 2, 3]) }
            try await stage.until { $0.bytes.count == 3 * round }
        }
        #expect(try await stage.on { _ in stage.loop.buffers.count } == 1)
        try await stage.end()
    }

    @Test("More than a socket takes goes out whole, in order, and the receiver hears when there is room again")
    func sendsMuch() async throws {
        let stage = try await SocketStage()
        let bytes = SocketLegTests.numbered(8 << 20)
        try await stage.on { actors in
            for start in stride(from: 0, to: bytes.count / 2, by: 50_000) {
                actors.leg.write(ByteBuffer(bytes: bytes[start..<min(start + 50_000, bytes.count / 2)]))
                if start % 150_000 == 0 { actors.leg.flush() }
            }
            actors.leg.flush()
            // The second half from within the call that says there is room.
            actors.witness.onWritable = { witness in
                witness.onWritable = { _ in }
                actors.leg.write(ByteBuffer(bytes: bytes[(bytes.count / 2)...]))
                actors.leg.flush()
            }
        }
        let received = await SocketLegTests.apart { stage.pair.receive(bytes.count) }
        #expect(received == bytes)
        try await stage.until { $0.events.last == .writable(true) }
        let events = try await stage.on { $0.witness.events }
        #expect(events == [.writable(false), .writable(true), .writable(false), .writable(true)])
        try await stage.end()
    }

    @Test("A leg that is not read receives nothing until it is read again")
    func pauses() async throws {
        let stage = try await SocketStage()
        try await stage.on { $0.leg.read(false) }
        await SocketLegTests.apart { stage.pair.send([1, 2, 3]) }
        // The loop has had a turn that could have read.
        for _ in 0..<3 { try await stage.on { _ in } }
        #expect(try await stage.on { $0.witness.events } == [])
        try await stage.on { $0.leg.read(true) }
        try await stage.until { $0.bytes == [1, 2, 3] }
        try await stage.end()
    }

    @Test("The other side's end is told after its last bytes, to a leg that is not read too", arguments: [true, false])
    func ends(isReading: Bool) async throws {
        let stage = try await SocketStage()
        try await stage.on { $0.leg.read(isReading) }
        await SocketLegTests.apart {
            stage.pair.send([1, 2, 3])
            stage.pair.closePeer()
        }
        try await stage.until { $0.events.last == .closed }
        let (bytes, events) = try await stage.on { ($0.witness.bytes, $0.witness.events) }
        #expect(bytes == [1, 2, 3])
        #expect(events.filter { $0 == .closed }.count == 1)
        try await stage.end()
    }

    @Test("A write to a connection that is over ends it once, after what the other side had said")
    func broken() async throws {
        let stage = try await SocketStage()
        try await stage.on { $0.leg.read(false) }
        await SocketLegTests.apart {
            stage.pair.send([7])
            stage.pair.closePeer()
        }
        try await stage.on { actors in
            actors.leg.write(ByteBuffer(bytes: [1]))
            actors.leg.flush()
            actors.leg.write(ByteBuffer(bytes: [2]))
            actors.leg.flush()
        }
        try await stage.until { $0.events.last == .closed }
        #expect(try await stage.on { $0.witness.bytes } == [7])
        #expect(try await stage.on { $0.witness.events.filter { $0 == .closed }.count } == 1)
        try await stage.end()
    }

    @Test("A leg that is closed while it is told of bytes hears nothing more, and the other side sees the end")
    func closesWithin() async throws {
        let stage = try await SocketStage()
        try await stage.on { actors in
            actors.witness.onBytes = { _ in
                actors.leg.write(ByteBuffer(bytes: [9]))
                actors.leg.flush()
                actors.leg.close()
            }
        }
        let bytes = SocketLegTests.numbered(1 << 16)
        await SocketLegTests.apart { stage.pair.send(bytes) }
        #expect(await SocketLegTests.apart { stage.pair.receive(2) } == [9])
        let events = try await stage.on { $0.witness.events }
        #expect(events.count == 1)
        await stage.loop.shutdown()
    }

    @Test("A place that is used again hears nothing of the leg that had it before, in the same turn")
    func places() async throws {
        let stage = try await SocketStage()
        let (old, new) = (SocketPair(), SocketPair())
        let heard = NIOLoopBoundBox.makeEmptyBox(valueType: Witness.self, eventLoop: stage.loop)
        try await stage.on { actors in
            let (loop, witness) = (stage.loop, Witness())
            let gone = SocketLeg(adopting: old.leg, loop: loop, receiver: Witness())
            heard.value = witness
            // The first to be told takes the other's place away and gives it to a third, while the kernel's word of the
            // other's end is in hand.
            actors.witness.onBytes = { _ in
                gone.close()
                _ = SocketLeg(adopting: new.leg, loop: loop, receiver: witness)
            }
            // Both before the loop looks again, and in this order.
            stage.pair.send([1])
            old.closePeer()
        }
        try await stage.until { $0.bytes == [1] }
        for _ in 0..<3 { try await stage.on { _ in } }
        try #require(try await stage.on { _ in heard.value?.events } == [])
        new.send([2])
        let done = stage.loop.makePromise(of: Void.self)
        try await stage.on { _ in heard.value?.when({ $0.bytes == [2] }, done) }
        try await done.futureResult.get()
        try await stage.end()
    }
}
