internal import AccessModel
internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Speaks to the running gateway through its admin socket (`DATA/admin.sock`, HTTP).
struct AdminClient {
    let directory: DataDirectory

    /// 10,000 sessions take some 6 MB.
    private static let limit = 64 << 20
    private static let timeout: TimeAmount = .seconds(60)

    func get(_ path: String) async throws -> GatewayAnswer {
        try await send(.GET, path)
    }

    func post(_ path: String, body: [UInt8]? = nil) async throws -> GatewayAnswer {
        try await send(.POST, path, body: body)
    }

    /// Nil where no gateway runs on this data directory.
    func getIfRunning(_ path: String) async throws -> GatewayAnswer? {
        switch AdminSocketState(path: directory.adminSocket) {
        case .listening: try await get(path)
        case .absent, .forbidden, .other: nil
        }
    }

    /// What a body that is not what the gateway sends is called.
    var unexpected: Failure {
        Failure("\(directory.adminSocket) did not answer as a gateway does: are both of the same version?")
    }

    private func send(_ method: HTTPMethod, _ path: String, body: [UInt8]? = nil) async throws -> GatewayAnswer {
        try requireGateway()
        guard let url = URL(httpURLWithSocketPath: directory.adminSocket, uri: path) else { throw unexpected }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AdminClient.configuration)
        let result: Result<GatewayAnswer, any Error>
        do {
            let response = try await client.execute(request, timeout: AdminClient.timeout)
            let body = try await response.body.collect(upTo: AdminClient.limit)
            // What is printed is a line, which ends where the printer ends it.
            let line = body.readableBytesView
            result = .success(
                GatewayAnswer(status: response.status.code, body: Array(line.last == 0x0A ? line.dropLast() : line))
            )
        } catch {
            result = .failure(
                Failure("the gateway on \(directory.path) did not answer (\(error)): see its log, and try again")
            )
        }
        try? await client.shutdown()
        return try result.get()
    }

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private func requireGateway() throws {
        switch AdminSocketState(path: directory.adminSocket) {
        case .listening: return
        case .absent:
            throw Failure(
                "no gateway is running on \(directory.path): start it with `countersign serve --config FILE`"
            )
        case .forbidden:
            throw Failure("\(directory.adminSocket) may not be used by this user: run this as the gateway's user")
        case .other(let error):
            throw Failure("\(directory.adminSocket) cannot be used: \(String(cString: strerror(error)))")
        }
    }
}

extension AdminClient: GatewayAccess {
    func sessions() async throws -> [GatewayAnswer] { [try await get("/sessions")] }

    func kill(_ session: ULID) async throws -> GatewayAnswer { try await post("/sessions/\(session)/kill") }

    func status() async throws -> GatewayAnswer { try await get("/status") }

    func approvals() async throws -> GatewayAnswer { try await get("/approvals") }

    func approval(_ id: ULID) async throws -> GatewayAnswer { try await get("/approvals/\(id)") }

    func answer(_ approval: String, _ verdict: String, digest: String, reason: String?) async throws -> GatewayAnswer {
        var components = URLComponents()
        components.path = "/approvals/\(approval)/\(verdict)"
        components.queryItems = [URLQueryItem(name: "digest", value: digest)]
        if let reason { components.queryItems?.append(URLQueryItem(name: "reason", value: reason)) }
        // A plus stands for a space where the gateway reads it.
        return try await post((components.string ?? "").replacingOccurrences(of: "+", with: "%2B"))
    }
}
