internal import Hummingbird
internal import Logging

/// Answers every error in JSON: an HTTP error by its status, anything else as 500 without a word of what it was.
struct JSONErrors<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            let words = error.status.reasonPhrase
            return .error(words.isEmpty ? "\(error.status.code)" : words.lowercased(), status: error.status)
        } catch {
            context.logger.error("request failed", metadata: ["error.type": "\(type(of: error))"])
            return .error("internal server error", status: .internalServerError)
        }
    }
}
