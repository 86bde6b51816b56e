internal import AccessModel
internal import Hummingbird

/// What went wrong, in words for a person, and where to go on.
struct ProblemView {
    let title: String
    let page: PageView

    init(_ problem: Problem, request: Request, people: PeoplePorts, person: SignedInPerson?) {
        let canLogIn = people.url != nil && people.hasProvider
        let needsLink = people.url != nil && !people.hasProvider
        let asksAnew = problem.status == .forbidden && problem.detail.contains("/login/again")
        title = ProblemView.title(problem, canLogIn: people.url != nil)
        page = PageView(present: [
            "heading": title,
            "detail": problem.status == .unauthorized
                ? ProblemView.loginWords(people) : ProblemView.sentence(problem.detail),
            "link": needsLink && (problem.status == .unauthorized || asksAnew || person == nil) ? true : nil,
            "login": problem.status == .unauthorized && canLogIn ? ProblemView.login(request, "/login") : nil,
            "again": asksAnew && canLogIn && person != nil ? ProblemView.login(request, "/login/again") : nil,
            "home": person == nil ? nil : true,
            "retry": problem.status == .forbidden && person == nil && canLogIn ? "/login" : nil,
        ])
    }

    private static func title(_ problem: Problem, canLogIn: Bool) -> String {
        switch problem.status {
        case .unauthorized: canLogIn ? "Log in" : "Nobody can log in"
        case .forbidden: "Not allowed"
        case .notFound: "Not found"
        case .methodNotAllowed: "Not done this way"
        case .conflict: "It did not count"
        case .badRequest: "That could not be read"
        case .requestTimeout, .contentTooLarge: "The form was not taken"
        case .tooManyRequests: "Too many requests"
        case .serviceUnavailable: "Not to be had now"
        default: "Something went wrong"
        }
    }

    private static func loginWords(_ people: PeoplePorts) -> String {
        guard people.url != nil else {
            return
                "This console is connected to nobody who could log people in. Use the command line on the gateway's machine."
        }
        return people.hasProvider
            ? "This page is for people who have logged in."
            : "This gateway has no identity provider, so its links log in, and nothing else."
    }

    /// Where a log-in comes back to: the page that was asked for, or the page that a form stood on.
    private static func login(_ request: Request, _ path: String) -> String {
        let place: String
        switch request.method {
        case .get, .head: place = request.uri.description
        default: place = request.uri.path.split(separator: "/").prefix(2).map { "/\($0)" }.joined()
        }
        return "\(path)?return_to=\(PageLink.escaped(place.isEmpty ? "/" : place))"
    }

    private static func sentence(_ text: String) -> String {
        guard let first = text.first else { return "" }
        let begun = first.uppercased() + text.dropFirst()
        return begun.hasSuffix(".") || begun.hasSuffix("?") ? begun : begun + "."
    }
}
