internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Witnessing

/// Posts to witnesses: HTTPS, no redirect, bounded in bytes and time.
struct WitnessCaller: Sendable {
    private let clients = AuthorityClients()
    /// Paths of PEM files, by the witness's name.
    let authorities: [String: String]
    let timeout: Duration

    func post(_ witness: LedgerWitness, _ body: [UInt8]) async throws -> WitnessReply {
        var request = HTTPClientRequest(url: witness.address)
        request.method = .POST
        request.headers.add(name: "content-type", value: "text/plain; charset=utf-8")
        request.headers.add(name: "user-agent", value: "countersign/\(Version.current)")
        request.body = .bytes(ByteBuffer(bytes: body))
        let response = try await clients.client(trusting: authorities[witness.name])
            .execute(request, timeout: .nanoseconds(timeout.nanoseconds))
        let type = response.headers.first(name: "content-type")
        let answer: [UInt8]
        do {
            answer = Array(try await response.body.collect(upTo: WitnessReply.longest).readableBytesView)
        } catch is NIOTooManyBytesError {
            // What is too long is no answer of the protocol, and neither is nothing.
            answer = []
        }
        return WitnessReply(status: Int(response.status.code), contentType: type, body: answer)
    }

    func shutdown() async {
        await clients.shutdown()
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
