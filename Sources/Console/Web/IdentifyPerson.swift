internal import HTTPTypes
internal import Hummingbird

/// Finds out who sends a request: by the session's cookie, or by its secret as a bearer token for programs.
struct IdentifyPerson: RouterMiddleware {
    let people: PeoplePorts

    /// What the console's own module says when it asks without anybody's doing.
    static let follows = HTTPField.Name("X-Countersign-Follows")
    private static let stream = "/api/v1/approvals/events"

    func handle(
        _ request: Request,
        context: ConsoleContext,
        next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let header = request.headers[.authorization] {
            guard header.hasPrefix("Bearer ") else { throw Problem(.unauthorized, "give a bearer token") }
            context.session = String(header.dropFirst(7))
            context.isBearer = true
        } else {
            context.session = ConsoleCookie.session.value(in: request, isSecure: people.isSecure)
        }
        let find = IdentifyPerson.isFollowing(request) ? people.look : people.person
        context.person = context.session.flatMap { find($0) }
        if context.isBearer, context.person == nil {
            throw Problem(.unauthorized, "the token is not, or no more, valid")
        }
        return try await next(request, context)
    }

    /// Whether it may come without a person's doing. Whoever says so of themselves makes their own session shorter, no other.
    private static func isFollowing(_ request: Request) -> Bool {
        request.method == .get && (request.uri.path == stream || follows.map { request.headers[$0] != nil } == true)
    }
}
