import NIOCore

@testable import GatewayKit

/// A leg on a loop, its receiver, and the socket at the other side. The test acts on the loop by `on`.
final class SocketStage: Sendable {
    struct Actors {
        let leg: SocketLeg
        let witness: Witness
    }

    let loop: SocketLoop
    let pair = SocketPair()
    private let actors: NIOLoopBoundBox<Actors?>

    init() async throws {
        loop = try SocketLoop(name: "test")
        actors = NIOLoopBoundBox.makeEmptyBox(valueType: Actors.self, eventLoop: loop)
        try await on(loop) { [self] in
            let witness = Witness()
            actors.value = Actors(leg: SocketLeg(adopting: pair.leg, loop: loop, receiver: witness), witness: witness)
        }
    }

    private func on<T: Sendable>(_ loop: SocketLoop, _ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await loop.submit(body).get()
    }

    func on<T: Sendable>(_ body: @escaping @Sendable (Actors) -> T) async throws -> T {
        try await on(loop) { [actors] in
            guard let value = actors.value else { throw CancellationError() }
            return body(value)
        }
    }

    func until(_ condition: @escaping @Sendable (Witness) -> Bool) async throws {
        let done = loop.makePromise(of: Void.self)
        try await on { $0.witness.when(condition, done) }
        try await done.futureResult.get()
    }

    func end() async throws {
        try await on { $0.leg.close() }
        await loop.shutdown()
    }
}
