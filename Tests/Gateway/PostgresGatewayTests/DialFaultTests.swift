import NIOCore
import NIOPosix
import Testing

@testable import PostgresGateway

@Suite("Why a target could not be dialled")
struct DialFaultTests {
    @Test("says address and cause, and nothing of the library's own")
    func words() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let listening = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listening.localAddress?.port)
        try await listening.close()
        await #expect {
            _ = try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: port).get()
        } throws: { error in
            DialFault.words(error) == "127.0.0.1:\(port): connection refused"
        }
        try await group.shutdownGracefully()
    }
}
