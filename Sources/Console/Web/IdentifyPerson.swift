internal import Hummingbird

/// Finds out who sends a request: by the session's cookie, or by its secret as a bearer token for programs.
struct IdentifyPerson: RouterMiddleware {
    let people: PeoplePorts

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
        context.person = context.session.flatMap { people.person($0) }
        if context.isBearer, context.person == nil {
            throw Problem(.unauthorized, "the token is not, or no more, valid")
        }
        return try await next(request, context)
    }
}
