internal import AccessModel
internal import HTTPTypes
internal import Hummingbird

/// `/login/cli`: a person hands a login to a program on their machine, which listens there for the code (RFC 8252). Nothing
/// is handed over without a click on a page that says what it is.
struct CommandLineRoutes {
    let people: PeoplePorts
    let frame: PageFrame

    func add(to router: Router<ConsoleContext>) {
        router.get("login/cli") { request, context in try await show(request, context) }
        router.post("login/cli") { request, context in try await answer(request, context) }
        router.post("login/cli/token") { request, _ in try await exchange(request) }
    }

    private func show(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let asked = try CommandLineRequest { request.uri.queryParameters.get($0) }
        guard let person = context.person else {
            return LoginRoutes.redirect(to: "/login?return_to=\(asked.returnTo)")
        }
        guard person.isFresh else { return LoginRoutes.redirect(to: "/login/again?return_to=\(asked.returnTo)") }
        var response = try await frame.respond(.commandLine(asked, person), context)
        // Browsers hold a form's redirect to the policy of the page that it stood on.
        response.headers[.contentSecurityPolicy] =
            SecurityHeaders<ConsoleContext>.policy(forms: "'self' \(asked.site)")
        return response
    }

    private func answer(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let person = try context.requirePerson()
        // A command line does not make another: its session would outlive the login that it came from.
        guard let session = context.session, !context.isBearer else {
            throw Problem(.forbidden, "this is for a browser")
        }
        let form = try await FormBody(request)
        try FormGuard(people: people).check(request, context, token: form["form_token"])
        let asked = try CommandLineRequest { form[$0] }
        guard form["answer"] == "yes" else {
            return LoginRoutes.redirect(to: "\(asked.site)/callback?error=access_denied&state=\(asked.state)")
        }
        guard person.isFresh else { throw Problem(.forbidden, "log in again first: /login/again") }
        do throws(PeoplePorts.Refusal) {
            let code = try people.handOver(session, asked.challenge)
            return LoginRoutes.redirect(to: "\(asked.site)/callback?code=\(code)&state=\(asked.state)")
        } catch {
            throw Problem(.forbidden, error.reason)
        }
    }

    /// `{"token":"…","person":"ana@example.com","name":"Ana Silva","expires":"…Z"}`
    private func exchange(_ request: Request) async throws -> Response {
        let form = try await FormBody(request)
        guard let code = form["code"], let verifier = form["verifier"] else {
            throw Problem(.badRequest, "`code` and `verifier` are needed")
        }
        do throws(PeoplePorts.Refusal) {
            let session = try people.redeem(code, verifier)
            var json = JSONBytes()
            json.appendRaw("{")
            json.member("token")
            json.append(session.token)
            json.member("person")
            json.append(session.person)
            json.member("name")
            json.append(session.name)
            json.member("expires")
            json.append(session.expires.description)
            json.appendRaw("}")
            return .json(json)
        } catch {
            throw Problem(.forbidden, error.reason)
        }
    }
}
