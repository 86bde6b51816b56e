import AccessModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Console

@Suite("Logins of command lines, and links of the admin socket, over HTTP")
struct CommandLineRoutesTests {
    private static let challenge = String(repeating: "c", count: 43)
    private static let state = String(repeating: "s", count: 43)
    private static let key = String(repeating: "k", count: 43)
    private static let query = "port=4711&challenge=\(challenge)&state=\(state)"

    private static func person(isFresh: Bool) -> SignedInPerson {
        SignedInPerson(
            id: "ana@example.com",
            name: "Ana <script>alert(1)</script>\"'&",
            groups: [],
            capabilities: [],
            aliases: [],
            authenticated: Timestamp(seconds: 0),
            isFresh: isFresh,
            formToken: "form-token",
            channel: "console"
        )
    }

    private var console: some ApplicationProtocol {
        let people = PeoplePorts(
            url: "https://console.example",
            begin: { _, _ in (url: "https://id.example/authorize", browser: "browser") },
            finish: { _, _, _, _ in (session: "fresh", returnTo: "/") },
            person: { ["fresh", "stale"].contains($0) ? CommandLineRoutesTests.person(isFresh: $0 == "fresh") : nil },
            signOut: { _ in },
            handOver: { session, challenge throws(PeoplePorts.Refusal) in "code-of-\(session)" },
            redeem: { code, verifier throws(PeoplePorts.Refusal) in
                guard code == "code", verifier == "verifier" else { throw PeoplePorts.Refusal("not this one") }
                return .init(token: "t", person: "p", name: "n", expires: Timestamp(seconds: 0))
            },
            isOffered: { $0 == CommandLineRoutesTests.key },
            enter: { _ throws(PeoplePorts.Refusal) in "fresh" }
        )
        return Application(
            router: ConsoleRoutes(
                ports: ConsolePorts(readiness: { Readiness([]) }, metrics: { [] }, people: people)
            ).router
        )
    }

    private func get(_ uri: String, cookie: String? = nil) async throws -> TestResponse {
        try await console.test(.router) { client in
            try await client.execute(uri: uri, method: .get, headers: headers(cookie)) { $0 }
        }
    }

    private func post(
        _ uri: String,
        _ form: String,
        cookie: String? = nil,
        more: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await console.test(.router) { client in
            try await client.execute(
                uri: uri,
                method: .post,
                headers: headers(cookie).merging(more),
                body: ByteBuffer(string: form)
            ) { $0 }
        }
    }

    private func headers(_ cookie: String?) -> HTTPFields {
        cookie.map { [.cookie: $0] } ?? [:]
    }

    private static let fresh = "__Host-countersign=fresh"

    @Test("Who is not in, or was not lately, logs in and comes back to the same request")
    func login() async throws {
        let back = "/login/cli%3Fport%3D4711%26challenge%3D\(Self.challenge)%26state%3D\(Self.state)"
        #expect(try await get("/login/cli?\(Self.query)").headers[.location] == "/login?return_to=\(back)")
        let stale = try await get("/login/cli?\(Self.query)", cookie: "__Host-countersign=stale")
        #expect(stale.headers[.location] == "/login/again?return_to=\(back)")
    }

    @Test("The page names the person and the code, hands nothing over by itself, and escapes what a provider said")
    func page() async throws {
        let page = try await get("/login/cli?\(Self.query)", cookie: Self.fresh)
        let text = String(buffer: page.body)
        #expect(page.status == .ok && text.contains("WWWW-WWWW"), "\(text)")
        #expect(!text.contains("<script>") && text.contains("Ana &lt;script&gt;"))
        #expect(page.headers[.contentSecurityPolicy]?.contains("form-action 'self' http://127.0.0.1:4711;") == true)
        #expect(!text.contains("code-of"))
    }

    @Test("A yes is sent to this machine by its address; a no is, too, without a code")
    func answers() async throws {
        let form = "\(Self.query)&form_token=form-token&answer="
        let yes = try await post("/login/cli", form + "yes", cookie: Self.fresh)
        #expect(yes.status == .seeOther)
        #expect(yes.headers[.location] == "http://127.0.0.1:4711/callback?code=code-of-fresh&state=\(Self.state)")
        for answer in ["no", "", "YES"] {
            let no = try await post("/login/cli", form + answer, cookie: Self.fresh)
            #expect(
                no.headers[.location] == "http://127.0.0.1:4711/callback?error=access_denied&state=\(Self.state)"
            )
        }
    }

    @Test(
        "Nothing is handed over to another site's form, an older login, a command line, or nobody",
        arguments: [
            (fresh, "form-token=x", [:], 403), (fresh, "form_token=other", [:], 403),
            (fresh, "form_token=form-token", [.origin: "https://evil.example"], 403),
            (fresh, "form_token=form-token", [.origin: "null"], 403),
            ("__Host-countersign=stale", "form_token=form-token", [:], 403),
            (nil, "form_token=form-token", [.authorization: "Bearer fresh"], 403),
            (nil, "form_token=form-token", [:], 401),
        ] as [(String?, String, HTTPFields, Int)]
    )
    func refusals(cookie: String?, form: String, more: HTTPFields, status: Int) async throws {
        let answer = try await post("/login/cli", "\(Self.query)&answer=yes&\(form)", cookie: cookie, more: more)
        #expect(answer.status.code == status)
        #expect(answer.headers[.location] == nil)
    }

    @Test(
        "What is no request of a command line is none, and leads nowhere",
        arguments: [
            "", "port=80&challenge=\(challenge)&state=\(state)", "port=65536&challenge=\(challenge)&state=\(state)",
            "port=4711@evil.example&challenge=\(challenge)&state=\(state)", "port=4711&challenge=c&state=\(state)",
            "port=4711&challenge=\(challenge)&state=short", "port=4711&challenge=\(challenge)&state=\(state)%0d%0a",
            "port=%2b4711&challenge=\(challenge.dropLast())%22&state=\(state)",
        ]
    )
    func malformed(query: String) async throws {
        #expect(try await get("/login/cli?\(query)", cookie: Self.fresh).status == .badRequest)
        let form = "\(query)&answer=yes&form_token=form-token"
        #expect(try await post("/login/cli", form, cookie: Self.fresh).status == .badRequest)
    }

    @Test("A code is exchanged for a session in an answer that nobody keeps")
    func exchange() async throws {
        let answer = try await post("/login/cli/token", "code=code&verifier=verifier")
        #expect(answer.status == .ok && answer.headers[.cacheControl] == "no-store")
        #expect(
            String(buffer: answer.body).trimmingSuffix("\n")
                == #"{"token":"t","person":"p","name":"n","expires":"1970-01-01T00:00:00.000000Z"}"#
        )
        #expect(answer.headers[.setCookie] == nil)
        #expect(try await post("/login/cli/token", "code=other&verifier=verifier").status == .forbidden)
        #expect(try await post("/login/cli/token", "code=code").status == .badRequest)
    }

    @Test("A link logs nobody in by being looked at, and only in the browser that it was shown in")
    func links() async throws {
        let page = try await get("/login/link?key=\(Self.key)")
        let cookie = "__Host-countersign-login=\(Self.key)"
        #expect(page.status == .ok && page.headers[.setCookie]?.hasPrefix(cookie + ";") == true)
        let entered = try await post("/login/link", "key=\(Self.key)", cookie: cookie)
        #expect(entered.status == .seeOther && entered.headers[.location] == "/")
        #expect(entered.headers[values: .setCookie].first?.hasPrefix("__Host-countersign=fresh;") == true)
        for (form, cookie, more) in [
            ("key=\(Self.key)", nil, [:]), ("key=\(Self.key)", "__Host-countersign-login=other", [:]),
            ("key=", "__Host-countersign-login=", [:]), ("", cookie, [:]),
            ("key=\(Self.key)", cookie, [.origin: "https://evil.example"]),
        ] as [(String, String?, HTTPFields)] {
            let refused = try await post("/login/link", form, cookie: cookie, more: more)
            #expect(refused.status == .forbidden && refused.headers[.setCookie] == nil, "\(form) \(more)")
        }
        for key in ["", "x", String(repeating: "x", count: 43), "%0d%0aSet-Cookie:a=b"] {
            let refused = try await get("/login/link?key=\(key)")
            #expect(refused.status == .forbidden && refused.headers[.setCookie] == nil)
        }
    }
}

extension HTTPFields {
    fileprivate func merging(_ more: HTTPFields) -> HTTPFields {
        var all = self
        for field in more { all.append(field) }
        return all
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
