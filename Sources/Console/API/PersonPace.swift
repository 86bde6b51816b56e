internal import AccessModel
internal import Hummingbird

/// How often one person may ask, with all their sessions and tokens together: a hundred at once, then twenty a second; and
/// how many of their questions are answered at the same time, so that one person's long searches leave room for others'.
final class PersonPace: RouterMiddleware {
    private let pace: AddressPace
    /// Those who wait for an answer.
    private let places: PersonPlaces

    init(pace: AddressPace = AddressPace(burst: 100, perSecond: 20), places: Int = 6) {
        self.pace = pace
        self.places = PersonPlaces(most: places)
    }

    func handle(
        _ request: Request,
        context: ConsoleContext,
        next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        // Who is not in is told so, and nothing is done for them.
        guard let person = context.person?.id else { return try await next(request, context) }
        guard pace.admits(person) else { throw Problem(.tooManyRequests, "you are asking too often", retryAfter: 1) }
        guard let place = places.enter(person) else {
            throw Problem(.tooManyRequests, "\(places.most) of your questions are being answered", retryAfter: 1)
        }
        defer { withExtendedLifetime(place) {} }
        return try await next(request, context)
    }
}
