internal import HTTPTypes
internal import Hummingbird

/// What browsers are told with every answer: nothing of other sites is loaded or may frame this, nothing is guessed, nothing
/// is kept.
struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
    /// `forms` are where forms may lead, by a redirect as well.
    static func policy(forms: String = "'self'") -> String {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "font-src 'self'; form-action \(forms); base-uri 'none'; frame-ancestors 'none'"
    }

    private static var fields: [(String, String)] {
        [
            // Not `no-referrer`: with that browsers send `Origin: null` along with a form, and no form would be ours.
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ]
    }

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in SecurityHeaders.fields {
            guard let name = HTTPField.Name(name) else { continue }
            response.headers[name] = value
        }
        // A page may say of its own forms where they lead.
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = SecurityHeaders.policy()
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
