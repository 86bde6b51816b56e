internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// `/login`, `/login/callback`, `POST /logout`.
struct LoginRoutes {
    let people: PeoplePorts

    func add(to router: Router<ConsoleContext>) {
        router.get("login") { request, context in
            try await begin(request, renewing: nil, context)
        }
        // To approve, somebody has to prove anew who they are.
        router.get("login/again") { request, context in
            try await begin(request, renewing: context.session, context)
        }
        router.get("login/callback") { request, _ in try await finish(request) }
        router.post("logout") { request, context in
            _ = try context.requirePerson()
            let form = try await FormBody(request)
            try FormGuard(people: people).check(request, context, token: form["form_token"])
            if let session = context.session { people.signOut(session) }
            return LoginRoutes.redirect(to: "/", cookies: [ConsoleCookie.session.removal(isSecure: people.isSecure)])
        }
    }

    private func begin(_ request: Request, renewing: String?, _ context: ConsoleContext) async throws -> Response {
        do throws(PeoplePorts.Refusal) {
            let start = try await people.begin(request.uri.queryParameters.get("return_to"), renewing)
            let cookie = ConsoleCookie.login.header(start.browser, isSecure: people.isSecure, seconds: 600)
            return LoginRoutes.redirect(to: start.url, cookies: [cookie])
        } catch {
            throw Problem(.serviceUnavailable, error.reason)
        }
    }

    private func finish(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        guard let state = query.get("state") else { throw Problem(.badRequest, "this is no answer to a login") }
        let browser = ConsoleCookie.login.value(in: request, isSecure: people.isSecure)
        do throws(PeoplePorts.Refusal) {
            let end = try await people.finish(state, query.get("code"), query.get("error"), browser)
            return LoginRoutes.redirect(
                to: end.returnTo,
                cookies: [
                    ConsoleCookie.session.header(end.session, isSecure: people.isSecure),
                    ConsoleCookie.login.removal(isSecure: people.isSecure),
                ]
            )
        } catch {
            throw Problem(.forbidden, error.reason)
        }
    }

    static func redirect(to location: String, cookies: [String] = []) -> Response {
        var headers = HTTPFields()
        headers[.location] = location
        for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return Response(status: .seeOther, headers: headers)
    }
}
