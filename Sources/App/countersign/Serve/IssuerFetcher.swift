internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Fetches documents of issuers: HTTPS, no redirect, bounded in bytes and time. An issuer with a certificate authority of
/// its own gets a client that trusts that authority alone.
final class IssuerFetcher: Sendable {
    static let limit = 1 << 20

    private let clients = AuthorityClients()
    private let authorities: Mutex<[String: String]>

    /// `authorities`: paths of PEM files by issuer.
    init(authorities: [String: String]) {
        self.authorities = Mutex(authorities)
    }

    func update(authorities new: [String: String]) {
        authorities.withLock { $0 = new }
    }

    func fetch(_ url: String, issuer: String) async throws -> [UInt8] {
        let client = client(for: issuer)
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "countersign/\(Version.current)")
        let response = try await client.execute(request, timeout: .seconds(10))
        guard response.status == .ok else { throw Failure("HTTP status \(response.status.code)") }
        let body = try await response.body.collect(upTo: IssuerFetcher.limit)
        return Array(body.readableBytesView)
    }

    /// Sends a form, and gives the body of a 200 answer.
    func post(_ url: String, form: [(String, String)], issuer: String) async throws -> [UInt8] {
        let client = client(for: issuer)
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "user-agent", value: "countersign/\(Version.current)")
        let body = form.map { "\($0)=\(IssuerFetcher.escaped($1))" }.joined(separator: "&")
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await client.execute(request, timeout: .seconds(10))
        guard response.status == .ok else { throw Failure("HTTP status \(response.status.code)") }
        let answer = try await response.body.collect(upTo: IssuerFetcher.limit)
        return Array(answer.readableBytesView)
    }

    private static func escaped(_ text: String) -> String {
        var unreserved = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{21}"..."\u{7E}"))
        unreserved.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private func client(for issuer: String) -> HTTPClient {
        clients.client(trusting: authorities.withLock { $0[issuer] })
    }

    func shutdown() async {
        await clients.shutdown()
    }
}
