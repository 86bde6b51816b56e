import NIOCore
import Synchronization
import Testing

@testable import GatewayKit

@Suite("The loop of sockets", .timeLimit(.minutes(1)))
struct SocketLoopTests {
    /// What tasks leave behind.
    private final class Notes<Value: Sendable>: Sendable {
        private let content: Mutex<Value>
        init(_ value: Value) { content = Mutex(value) }
        func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result { content.withLock { body(&$0) } }
    }

    @Test("Tasks of other threads run on the loop, in the order of each thread")
    func tasks() async throws {
        let loop = try SocketLoop(name: "test")
        let seen = Notes<[Int: [Int]]>([:])
        await withTaskGroup(of: Void.self) { group in
            for thread in 0..<4 {
                group.addTask {
                    for number in 0..<500 {
                        loop.execute {
                            loop.preconditionInEventLoop()
                            seen.withLock { $0[thread, default: []].append(number) }
                        }
                    }
                }
            }
        }
        try await loop.submit {}.get()
        #expect(seen.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<4).map { ($0, Array(0..<500)) }))
        #expect(!loop.inEventLoop)
        await loop.shutdown()
    }

    @Test("A task that is asked for on the loop runs in a later turn")
    func later() async throws {
        let loop = try SocketLoop(name: "test")
        let order = Notes<[String]>([])
        let done = loop.makePromise(of: Void.self)
        loop.execute {
            loop.execute {
                order.withLock { $0.append("second") }
                done.succeed()
            }
            order.withLock { $0.append("first") }
        }
        try await done.futureResult.get()
        #expect(order.withLock { $0 } == ["first", "second"])
        await loop.shutdown()
    }

    @Test("Timers run in the order they are due, and one that is taken back does not")
    func timers() async throws {
        let loop = try SocketLoop(name: "test")
        let order = Notes<[Int]>([])
        let late = loop.scheduleTask(in: .milliseconds(30)) { order.withLock { $0.append(30) } }
        let never = loop.scheduleTask(in: .milliseconds(20)) { order.withLock { $0.append(20) } }
        let early = loop.scheduleTask(in: .milliseconds(10)) { order.withLock { $0.append(10) } }
        never.cancel()
        try await early.futureResult.get()
        try await late.futureResult.get()
        #expect(order.withLock { $0 } == [10, 30])
        await #expect(throws: EventLoopError.self) { try await never.futureResult.get() }
        await loop.shutdown()
    }

    @Test("A task that fails gives its error to whoever waits for it")
    func failing() async throws {
        struct Fault: Error {}
        let loop = try SocketLoop(name: "test")
        await #expect(throws: Fault.self) { try await loop.submit { throw Fault() }.get() }
        let timer: Scheduled<Void> = loop.scheduleTask(in: .zero) { throw Fault() }
        await #expect(throws: Fault.self) { try await timer.futureResult.get() }
        await loop.shutdown()
    }

    @Test("A repeated task runs until it is taken back")
    func repeated() async throws {
        let loop = try SocketLoop(name: "test")
        let count = Notes(0)
        let done = loop.makePromise(of: Void.self)
        loop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(1)) { task in
            let now = count.withLock { count in
                count += 1
                return count
            }
            guard now == 5 else { return }
            task.cancel(promise: done)
        }
        try await done.futureResult.get()
        #expect(count.withLock { $0 } == 5)
        await loop.shutdown()
    }

    @Test("At the loop's end its legs are told, tasks that wait are done, and later ones are let go")
    func shutdown() async throws {
        let stage = try await SocketStage()
        let ran = Notes(0)
        try await stage.on { _ in
            stage.loop.execute { stage.loop.execute { ran.withLock { $0 += 1 } } }
        }
        await stage.loop.shutdown()
        #expect(ran.withLock { $0 } == 1)
        #expect(stage.pair.receive(1) == [])
        let isCalled = Notes(false)
        stage.loop.execute { isCalled.withLock { $0 = true } }
        await stage.loop.shutdown()
        #expect(!isCalled.withLock { $0 })
    }
}
