internal import Hummingbird
internal import Logging

/// Answers every error of the API as a problem: one of HTTP by its status, anything else as 500 without a word of what it was.
struct ProblemAnswers: RouterMiddleware {
    func handle(
        _ request: Request,
        context: ConsoleContext,
        next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return problem.response
        } catch let error as any HTTPResponseError {
            return Problem(error.status, error.status.reasonPhrase.lowercased()).response
        } catch {
            context.logger.error("request failed", metadata: ["error.type": "\(type(of: error))"])
            return Problem(.internalServerError, "internal server error").response
        }
    }
}
