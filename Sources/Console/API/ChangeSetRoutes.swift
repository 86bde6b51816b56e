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

    /// 201 the approval, 400, 401, 413, 422, 429 or 503.
    private func make(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let token = try token(of: request, context)
        let draft = try await ChangeSetDraft(request)
        switch await ports.request(draft, token, context.client ?? "127.0.0.1") {
        case .made(let json): return Response.json(json, status: .created)
        case .unauthenticated: throw ChangeSetRoutes.unauthenticated
        case .refused(let why): throw Problem(.unprocessableContent, why)
        case .unavailable(let why): throw Problem(.serviceUnavailable, why)
        }
    }

    private func find(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let token = try token(of: request, context)
        guard let id = context.parameters.get("id").flatMap({ ULID($0) }), let json = await ports.find(id, token) else {
            throw Problem(.notFound, "this identity has asked for no change set of this id")
        }
        return Response.json(json)
    }

    private func token(of request: Request, _ context: ConsoleContext) throws -> [UInt8] {
        guard pace.admits(context.client) else { throw Problem(.tooManyRequests, "too many requests") }
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer "), header.utf8.count > 7 else {
            throw ChangeSetRoutes.unauthenticated
        }
        return Array(header.dropFirst(7).utf8)
    }

    private static let unauthenticated = Problem(.unauthorized, "give the token of the job as a bearer token")
}
