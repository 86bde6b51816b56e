internal import AccessModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// `POST /api/v1/change-sets` and `GET /api/v1/change-sets/ID`, for jobs: the bearer token is the one with which the job
/// opens sessions.
struct ChangeSetRoutes {
    let ports: ChangeSetPorts
    /// A token costs a signature to look at.
    private let pace = AddressPace(burst: 30, perSecond: 5)

    func add(to router: Router<ConsoleContext>) {
        router.post("api/v1/change-sets") { request, context in try await make(request, context) }
        router.get("api/v1/change-sets/:id") { request, context in try await find(request, context) }
    }

    /// 201 the approval, 400, 401, 408, 413, 422, 429 or 503.
    private func make(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let token = try await token(of: request, context)
        let draft = try await ChangeSetDraft(request)
        let answer = await ports.request(draft, token, context.client ?? "127.0.0.1")
        var response = try response(answer, refusedAs: .unprocessableContent)
        response.status = .created
        return response
    }

    private func find(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let token = try await token(of: request, context)
        guard let id = context.parameters.get("id").flatMap({ ULID($0) }) else {
            throw Problem(.notFound, "no change set has this id")
        }
        return try response(await ports.find(id, token, context.client ?? "127.0.0.1"), refusedAs: .notFound)
    }

    private func response(_ answer: ChangeSetPorts.Answer, refusedAs status: HTTPResponse.Status) throws -> Response {
        switch answer {
        case .made(let json): return Response.json(json)
        case .unauthenticated: throw ChangeSetRoutes.refused
        case .refused(let why): throw Problem(status, why)
        case .unavailable(let why): throw Problem(.serviceUnavailable, why)
        }
    }

    private func token(of request: Request, _ context: ConsoleContext) async throws -> [UInt8] {
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer "), header.utf8.count > 7 else {
            throw ChangeSetRoutes.unauthenticated
        }
        guard pace.admits(context.client) else {
            throw Problem(.tooManyRequests, "too many requests from this address", retryAfter: 1)
        }
        let token = Array(header.dropFirst(7).utf8)
        // What is no JWS is nobody's token, whatever is asked with it; that it came is recorded all the same.
        guard token.count(where: { $0 == 0x2E }) == 2 else {
            _ = await ports.find(ULID(high: 0, low: 0), token, context.client ?? "127.0.0.1")
            throw ChangeSetRoutes.unauthenticated
        }
        return token
    }

    private static let unauthenticated = Problem(.unauthorized, "give the token of the job as a bearer token")
    /// Never which part of it was wrong.
    private static let refused = Problem(
        .unauthorized,
        "the token was not accepted: it is over, is of no issuer that is configured here, or is bound to no role"
    )
}
