import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing

@testable import Console

@Suite("Clients that are slow, or many")
struct SlowClientTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A console that listens, and how many ask it to log in.
    private struct Site: Sendable {
        var port: Int
        var connections: ConnectionTable
        var asking: @Sendable () -> Int

        /// Looks again and again, ten seconds at most.
        func wait(until isSo: () -> Bool) throws {
            let deadline = ContinuousClock.now + .seconds(10)
            while !isSo() {
                try #require(ContinuousClock.now < deadline, "it did not come to be")
                usleep(1000)
            }
        }
    }

    /// Runs a console while `body` runs, on a thread of its own, as it blocks. `/login` is answered when `release` is finished.
    private func withServer(
        _ bounds: ConnectionBounds,
        release: AsyncStream<Void> = AsyncStream { $0.finish() },
        _ body: @escaping @Sendable (Site) throws -> Void
    ) async throws {
        let asking = Count()
        let (listening, signal) = AsyncStream<Int>.makeStream()
        var ports = ConsolePorts(readiness: { Readiness([.init("ledger")]) }, metrics: { [] })
        let waiting = Task { for await _ in release {} }
        ports.people.begin = { _, _ throws(PeoplePorts.Refusal) in
            asking.add()
            await waiting.value
            throw PeoplePorts.Refusal("released")
        }
        let server = try ConsoleServer(
            host: "127.0.0.1",
            port: 0,
            bounds: bounds,
            ports: ports,
            logger: SlowClientTests.quiet,
            onListening: { signal.yield($0) }
        )
        let group = ServiceGroup(services: [server], logger: SlowClientTests.quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { signal.finish() }
                try await group.run()
            }
            var ports = listening.makeAsyncIterator()
            let port = try #require(await ports.next())
            let site = Site(port: port, connections: server.connections, asking: { asking.value })
            let result: Result<Void, any Error> = await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: Result { try body(site) }) }
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try result.get()
        }
    }

    private final class Count: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }

        func add() { count.withLock { $0 += 1 } }
    }

    private static let tight = ConnectionBounds(most: 8, perAddress: 4, reserve: 2)

    @Test(
        "Whoever sends nothing, or half a request, shuts nobody out",
        arguments: ["", "GET / HTTP/1.1\r\nHost: x\r\nA: "]
    )
    func silent(sent: String) async throws {
        try await withServer(SlowClientTests.tight) { site in
            var held: [TCPClient] = []
            for number in 0..<40 {
                let client = try TCPClient(port: site.port, from: "127.0.0.\(2 + number % 4)")
                client.send(sent)
                held.append(client)
            }
            for source in ["127.0.0.1", "127.0.0.2", "127.0.0.5"] {
                for path in ["/healthz", "/readyz", "/api/v1/openapi.json"] {
                    let answer = try TCPClient(port: site.port, from: source).get(path)
                    #expect(answer?.hasPrefix("HTTP/1.1 200 ") == true, "\(path): \(answer ?? "nothing")")
                }
            }
            withExtendedLifetime(held) {}
        }
    }

    @Test("While everything is being answered monitors are answered, and others are told to come again")
    func busy() async throws {
        let (release, finish) = AsyncStream<Void>.makeStream()
        try await withServer(SlowClientTests.tight, release: release) { site in
            defer { finish.finish() }
            let busy = try (0..<8).map { number in
                let client = try TCPClient(port: site.port, from: "127.0.0.\(2 + number % 2)")
                client.send("GET /login HTTP/1.1\r\nHost: x\r\n\r\n")
                return client
            }
            // Until all of them are being answered, a newcomer displaces one that is not.
            try site.wait { site.asking() == 8 }
            for _ in 0..<3 {
                for path in ["/healthz", "/readyz", "/metrics"] {
                    let answer = try TCPClient(port: site.port).get(path)
                    #expect(answer?.hasPrefix("HTTP/1.1 200 ") == true, "\(path): \(answer ?? "nothing")")
                }
                let other = try #require(try TCPClient(port: site.port).get("/login"))
                #expect(
                    other.hasPrefix("HTTP/1.1 503 ") && other.lowercased().contains("retry-after: 1\r\n"),
                    "\(other)"
                )
            }
            finish.finish()
            for client in busy {
                client.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                let answer = try #require(client.readToEnd())
                #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("HTTP/1.1 200 "), "\(answer)")
            }
        }
    }

    static let unfinished: [(sent: String, answered: String)] = [
        ("", ""), ("GET /healthz HTTP/1.1\r\nHost: ", ""),
        // Answered before its end, and then the end does not come.
        ("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc", "HTTP/1.1 200 "),
        ("POST /login/cli/token HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc", ""),
    ]

    @Test("A request that does not come to its end ends its connection", arguments: unfinished)
    func late(sent: String, answered: String) async throws {
        var bounds = ConnectionBounds()
        (bounds.firstRequest, bounds.wholeRequest) = (.seconds(3), .seconds(3))
        try await withServer(bounds) { site in
            let client = try TCPClient(port: site.port)
            client.send(sent)
            let answer = try #require(client.readToEnd(), "it was waited for")
            // On a busy machine its time may be over before it was answered.
            #expect(answer.isEmpty || (!answered.isEmpty && answer.hasPrefix(answered)), "\(sent) \(answer)")
        }
    }

    @Test("Whoever asks and does not read is not waited for")
    func unread() async throws {
        var bounds = ConnectionBounds()
        bounds.reading = .milliseconds(100)
        try await withServer(bounds) { site in
            let client = try TCPClient(port: site.port)
            for _ in 0..<400 { client.send("GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n") }
            try site.wait { site.connections.count == 1 }
            try site.wait { site.connections.count == 0 }
            let answer = try #require(client.readToEnd())
            #expect(answer.utf8.count < 400 * OpenAPIDocument.text.count, "\(answer.utf8.count)")
        }
    }
}
