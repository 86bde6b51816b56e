internal import AccessModel
internal import AsyncHTTPClient
internal import AuditLog
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Asks for a change set: at the API with a job's token, or at the admin socket as the local operator.
enum ChangeSetClient {
    case api(url: String, token: String)
    case socket(AdminClient)

    private static let limit = 1 << 20

    func request(_ body: JSONBytes) async throws -> (text: [UInt8], members: JSONMembers) {
        switch self {
        case .socket(let client):
            let answer = try await client.post("/change-sets", body: body.bytes)
            return try checked(answer.status, answer.body)
        case .api(let url, let token):
            var request = HTTPClientRequest(url: "\(url)/api/v1/change-sets")
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
            return try await send(request, token)
        }
    }

    /// The change set as it is now.
    func find(_ id: String) async throws -> JSONMembers {
        switch self {
        case .socket(let client):
            guard let id = ULID(id) else { throw client.unexpected }
            return try await ApprovalList.find(id, client).members
        case .api(let url, let token):
            return try await send(HTTPClientRequest(url: "\(url)/api/v1/change-sets/\(id)"), token).members
        }
    }

    private func send(_ request: HTTPClientRequest, _ token: String) async throws -> (
        text: [UInt8], members: JSONMembers
    ) {
        var request = request
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        request.headers.add(name: "user-agent", value: "countersign/\(Version.current)")
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result<(UInt, [UInt8]), any Error>
        do {
            let response = try await client.execute(request, timeout: .seconds(60))
            let body = try await response.body.collect(upTo: ChangeSetClient.limit)
            result = .success((response.status.code, Array(body.readableBytesView)))
        } catch {
            result = .failure(Failure("\(request.url) did not answer: \(ConnectionFault(error))"))
        }
        try? await client.shutdown()
        let (status, body) = try result.get()
        return try checked(status, body)
    }

    private func checked(_ status: UInt, _ body: [UInt8]) throws -> (text: [UInt8], members: JSONMembers) {
        let text = body.last == 0x0A ? Array(body.dropLast()) : body
        guard let members = JSONMembers(text) else {
            throw Failure("the gateway did not answer as a gateway does: status \(status)")
        }
        guard (200..<300).contains(status) else {
            let why = members.string("detail") ?? members.string("error") ?? "status \(status)"
            throw Failure("no change set was asked for: \(why.onOneLine)")
        }
        return (text, members)
    }
}
