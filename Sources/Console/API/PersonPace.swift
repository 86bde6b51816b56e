internal import Hummingbird

/// How often one person may ask, with all their sessions and tokens together: a hundred at once, then twenty a second.
struct PersonPace: RouterMiddleware {
    private let pace: AddressPace

    init(pace: AddressPace = AddressPace(burst: 100, perSecond: 20)) {
        self.pace = pace
    }

    func handle(
        _ request: Request,
        context: ConsoleContext,
        next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        // Who is not in is told so, and nothing is done for them.
        if let person = context.person, !pace.admits(person.id) {
            throw Problem(.tooManyRequests, "you are asking too often", retryAfter: 1)
        }
        return try await next(request, context)
    }
}
