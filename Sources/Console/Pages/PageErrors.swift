internal import HTTPTypes
internal import Hummingbird

/// Answers a browser's errors with pages in words; programs get problems (`ProblemAnswers`).
struct PageErrors: RouterMiddleware {
    let frame: PageFrame

    func handle(
        _ request: Request,
        context: ConsoleContext,
        next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        guard PageErrors.isForBrowser(request) else { return try await next(request, context) }
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return try await answer(problem, request, context)
        } catch let error as any HTTPResponseError {
            return try await answer(Problem(error.status, ""), request, context)
        }
    }

    /// Whether a person looks at the answer. What is for programs stays so, whatever they accept.
    static func isForBrowser(_ request: Request) -> Bool {
        let path = request.uri.path
        guard !["/api/", "/ledger", "/witness", "/assets/"].contains(where: path.hasPrefix) else { return false }
        return request.headers[.accept]?.contains("text/html") == true
    }

    private func answer(_ problem: Problem, _ request: Request, _ context: ConsoleContext) async throws -> Response {
        let view = ProblemView(problem, request: request, people: frame.people, person: context.person)
        var response = try await frame.respond(
            Page(title: view.title, template: .problem, view: view.page, status: problem.status),
            context
        )
        for name in [HTTPField.Name.wwwAuthenticate, .retryAfter] {
            if let value = problem.response.headers[name] { response.headers[name] = value }
        }
        return response
    }
}
