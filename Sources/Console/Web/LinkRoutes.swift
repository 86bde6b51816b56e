internal import HTTPTypes
internal import Hummingbird

/// `/login/link?key=…`: logs in the local operator by a link that the admin socket gave.
///
/// The page spends nothing, since programs look at links before people do; the form does. It counts in the browser that the
/// page was shown in alone, or another site could log its visitors in as somebody else.
struct LinkRoutes {
    let people: PeoplePorts
    let frame: PageFrame

    func add(to router: Router<ConsoleContext>) {
        router.get("login/link") { request, context in
            guard let key = request.uri.queryParameters.get("key").flatMap(LinkRoutes.key), people.isOffered(key)
            else { throw Problem(.forbidden, LinkRoutes.over) }
            var response = try await frame.respond(.link(key), context)
            let cookie = ConsoleCookie.login.header(key, isSecure: people.isSecure, seconds: 300)
            response.headers.append(HTTPField(name: .setCookie, value: cookie))
            return response
        }
        router.post("login/link") { request, _ in try await enter(request) }
    }

    private func enter(_ request: Request) async throws -> Response {
        let form = try await FormBody(request)
        try FormGuard(people: people).checkSite(request)
        guard let key = form["key"].flatMap(LinkRoutes.key),
            let browser = ConsoleCookie.login.value(in: request, isSecure: people.isSecure),
            FormGuard.isSame(browser, key)
        else { throw Problem(.forbidden, LinkRoutes.over) }
        do throws(PeoplePorts.Refusal) {
            let session = try people.enter(key)
            return LoginRoutes.redirect(
                to: "/",
                cookies: [
                    ConsoleCookie.session.header(session, isSecure: people.isSecure),
                    ConsoleCookie.login.removal(isSecure: people.isSecure),
                ]
            )
        } catch {
            throw Problem(.forbidden, error.reason)
        }
    }

    private static let over = "this link was used or is over: `countersign login-link` makes another"

    /// 43 characters of base64url, as it was made; it goes into a header.
    private static func key(_ text: String) -> String? {
        let isPlain =
            text.utf8.count == 43
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2D || byte == 0x5F
            }
        return isPlain ? text : nil
    }
}
