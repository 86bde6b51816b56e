internal import AccessModel
internal import Hummingbird
internal import Synchronization

/// How often one person may ask, with all their sessions and tokens together: a hundred at once, then twenty a second; and
/// how many of their questions are answered at the same time, so that one person's long searches leave room for others'.
final class PersonPace: RouterMiddleware {
    private let pace: AddressPace
    private let places: Int
    /// Those who wait for an answer, and for how many.
    private let asking = Mutex<[String: Int]>([:])

    init(pace: AddressPace = AddressPace(burst: 100, perSecond: 20), places: Int = 6) {
        self.pace = pace
        self.places = places
    }

    func handle(
        _ request: Request,
        context: ConsoleContext,
        next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        // Who is not in is told so, and nothing is done for them.
        guard let person = context.person?.id else { return try await next(request, context) }
        guard pace.admits(person) else { throw Problem(.tooManyRequests, "you are asking too often", retryAfter: 1) }
        guard enter(person) else {
            throw Problem(.tooManyRequests, "\(places) of your questions are being answered", retryAfter: 1)
        }
        defer { leave(person) }
        return try await next(request, context)
    }

    private func enter(_ person: String) -> Bool {
        asking.withLock { asking in
            guard asking[person, default: 0] < places else { return false }
            asking[person, default: 0] += 1
            return true
        }
    }

    private func leave(_ person: String) {
        asking.withLock { asking in
            let left = asking[person, default: 1] - 1
            asking[person] = left == 0 ? nil : left
        }
    }
}
