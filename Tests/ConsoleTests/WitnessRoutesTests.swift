import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import Console

@Suite("A witness over HTTP")
struct WitnessRoutesTests {
    private func console() -> some ApplicationProtocol {
        let witness = WitnessEndpoint(longest: 1000) { body in
            .init(status: 409, contentType: "text/x.tlog.size", body: Array("\(body.count)\n".utf8))
        }
        let ports = ConsolePorts(readiness: { Readiness([]) }, metrics: { [] }, witness: witness)
        return Application(router: ConsoleRoutes(ports: ports).router)
    }

    @Test("It answers with the status, the type and the body that the witness gives")
    func answers() async throws {
        try await console().test(.live) { client in
            let body = ByteBuffer(repeating: 0x61, count: 1000)
            try await client.execute(uri: "/witness/add-checkpoint", method: .post, body: body) { response in
                #expect(response.status.code == 409)
                #expect(response.headers[.contentType] == "text/x.tlog.size")
                #expect(String(buffer: response.body) == "1000\n")
            }
        }
    }

    @Test("A body that is longer than a request can be is refused", arguments: [1001, 100_000])
    func tooLong(count: Int) async throws {
        try await console().test(.live) { client in
            let body = ByteBuffer(repeating: 0x61, count: count)
            try await client.execute(uri: "/witness/add-checkpoint", method: .post, body: body) { response in
                #expect(response.status == .contentTooLarge)
            }
        }
    }

    @Test("There is nothing else")
    func nothingElse() async throws {
        try await console().test(.live) { client in
            for path in [
                "/add-checkpoint", "/witness", "/witness/", "/witness/sign-subtree", "/witness/add-checkpoint/x",
            ] {
                try await client.execute(uri: path, method: .post) { #expect($0.status == .notFound, "\(path)") }
            }
        }
        try await Application(router: ConsoleRoutes(ports: .notConnected).router).test(.router) { client in
            try await client.execute(uri: "/witness/add-checkpoint", method: .post) { #expect($0.status == .notFound) }
        }
    }

    @Test("An address has a burst, and what comes back with time; others are not in its way")
    func pace() {
        let time = Mutex(ContinuousClock.now)
        let pace = AddressPace(burst: 3, perSecond: 2) { time.withLock { $0 } }
        #expect((0..<3).allSatisfy { _ in pace.admits("192.0.2.1") })
        #expect(!pace.admits("192.0.2.1"))
        #expect(pace.admits("192.0.2.2"))
        #expect(pace.admits(nil))
        time.withLock { $0 += .seconds(1) }
        #expect(pace.admits("192.0.2.1") && pace.admits("192.0.2.1"))
        #expect(!pace.admits("192.0.2.1"))
    }

    @Test("The table of addresses is bounded")
    func table() {
        let pace = AddressPace(burst: 1, perSecond: 1)
        for number in 0..<(AddressPace.mostAddresses + 5) { #expect(pace.admits("a\(number)")) }
    }
}
