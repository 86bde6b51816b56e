internal import AccessModel
internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// Speaks to a gateway through its API, as the person whose token this is.
struct APIClient: Sendable {
    let gateway: GatewayURL
    /// Nil for what needs none.
    var token: String?
    /// PEM of the authorities to trust; nil for the system's.
    var authority: String?

    private static let limit = 64 << 20
    private static let pageLimit = 10_000
    private static let timeout: TimeAmount = .seconds(60)

    func get(_ path: String) async throws -> GatewayAnswer { try await send(.GET, path) }

    /// All pages of a list; the last one is what was refused, where one was.
    func pages(_ path: String) async throws -> [GatewayAnswer] {
        var pages = [try await get("\(path)?limit=200")]
        while pages.last?.status == 200, let next = pages.last?.members?.string("next") {
            guard pages.count < APIClient.pageLimit else { throw Failure("\(gateway) has no end of \(path)") }
            pages.append(try await get("\(path)?limit=200&cursor=\(APIClient.escaped(next))"))
        }
        return pages
    }

    /// As `get`, asking again where the gateway says that this is worth while: it has too much to do, or answers later.
    func patientGet(_ path: String, within patience: Duration = .seconds(30)) async throws -> GatewayAnswer {
        let deadline = ContinuousClock.now + patience
        while true {
            let answer = try await get(path)
            guard [409, 429, 503].contains(answer.status), let pause = answer.retryAfter, (0...3600).contains(pause),
                ContinuousClock.now + .seconds(pause) < deadline
            else { return answer }
            try await Task.sleep(for: .seconds(max(1, pause)))
        }
    }

    func post(_ path: String, form: [(String, String)] = []) async throws -> GatewayAnswer {
        try await send(.POST, path, form)
    }

    /// Throws where the token is over: nothing else that was asked can be right.
    private func send(_ method: HTTPMethod, _ path: String, _ form: [(String, String)]? = nil) async throws
        -> GatewayAnswer
    {
        if let authority, !FileManager.default.isReadableFile(atPath: authority) {
            throw Failure("\(authority) cannot be read")
        }
        var request = HTTPClientRequest(url: gateway.text + path)
        request.method = method
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "countersign/\(Version.current)")
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        if let form {
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            let body = form.map { "\($0)=\(APIClient.escaped($1))" }.joined(separator: "&")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let answer = try await exchange(request)
        guard answer.status != 401 else {
            throw Failure("the login is over or unknown to \(gateway): countersign login --url \(gateway)")
        }
        return answer
    }

    private func exchange(_ request: HTTPClientRequest) async throws -> GatewayAnswer {
        let clients = AuthorityClients()
        let result: Result<GatewayAnswer, any Error>
        do {
            let response = try await clients.client(trusting: authority).execute(request, timeout: APIClient.timeout)
            let body = try await response.body.collect(upTo: APIClient.limit).readableBytesView
            result = .success(
                GatewayAnswer(
                    status: response.status.code,
                    // JSON ends with a line feed, which the printer writes; a file is taken as it is.
                    body: Array(body.first == 0x7B && body.last == 0x0A ? body.dropLast() : body),
                    retryAfter: response.headers.first(name: "retry-after").flatMap { Int($0) }
                )
            )
        } catch {
            result = .failure(
                Failure(
                    "\(gateway) did not answer (\(String(describing: error).onOneLine)): is it the console's address?"
                )
            )
        }
        await clients.shutdown()
        return try result.get()
    }

    static func escaped(_ text: String) -> String {
        var unreserved = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{21}"..."\u{7E}"))
        unreserved.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}

extension APIClient: GatewayAccess {
    func sessions() async throws -> [GatewayAnswer] { try await pages("/api/v1/sessions") }

    func kill(_ session: ULID) async throws -> GatewayAnswer { try await post("/api/v1/sessions/\(session)/kill") }

    func status() async throws -> GatewayAnswer { try await get("/api/v1/status") }

    func approvals() async throws -> GatewayAnswer { try await get("/api/v1/approvals") }

    func answer(_ approval: String, _ verdict: String, digest: String, reason: String?) async throws -> GatewayAnswer {
        let form = [("answer", verdict), ("digest", digest)] + (reason.map { [("reason", $0)] } ?? [])
        return try await post("/api/v1/approvals/\(approval)/answer", form: form)
    }

    var unexpected: Failure {
        Failure("\(gateway) did not answer as a gateway does: is it the console's address, and of the same version?")
    }
}
