import AccessModel
import Testing

@testable import People

@Suite("Logging in")
struct LoginDeskTests {
    private let bench = LoginBench()

    @Test("asks the provider with PKCE, and lets in whom its token names")
    func works() async throws {
        let beginning = try await bench.desk.begin(returnTo: ReturnPath("/approvals/01J?x=1"), renewing: nil)
        let query = LoginBench.query(beginning.url)
        #expect(beginning.url.hasPrefix("https://id.example/authorize?response_type=code&client_id=console&"))
        #expect(query["code_challenge_method"] == "S256")
        #expect(query["redirect_uri"] == "https%3A%2F%2Fconsole.example%2Flogin%2Fcallback")
        bench.change { $0.nonce = query["nonce"] }
        let state = try #require(query["state"])
        let ending = try await bench.desk.finish(state: state, code: "c", error: nil, browser: beginning.browser)
        #expect(ending.returnTo == "/approvals/01J?x=1")
        #expect(bench.change { $0.verifiers }.map(Secrets.digest) == [query["code_challenge"]])
        let person = try #require(bench.desk.person(session: ending.session))
        #expect(person.id == "ana@example.com" && person.groups == ["dba"] && person.isFresh)
        #expect(person.aliases.contains("u1"))
        #expect(bench.kinds == [.personSignedIn])
    }

    @Test("does not take the answer to another browser's login, nor one answer twice")
    func otherBrowser() async throws {
        let mine = try await bench.begin()
        let theirs = try await bench.begin()
        for browser in [theirs.browser, "", nil] as [String?] {
            await #expect(throws: LoginRefusal.unknownAttempt) {
                try await bench.desk.finish(state: mine.state, code: "c", error: nil, browser: browser)
            }
        }
        _ = try await bench.begin()
        await #expect(throws: LoginRefusal.badToken("its nonce is not ours")) {
            try await bench.desk.finish(state: mine.state, code: "c", error: nil, browser: mine.browser)
        }
        await #expect(throws: LoginRefusal.unknownAttempt) {
            try await bench.desk.finish(state: mine.state, code: "c", error: nil, browser: mine.browser)
        }
    }

    @Test("is over after ten minutes")
    func slow() async throws {
        let login = try await bench.begin()
        bench.advance(.seconds(600))
        await #expect(throws: LoginRefusal.unknownAttempt) {
            try await bench.desk.finish(state: login.state, code: "c", error: nil, browser: login.browser)
        }
    }

    @Test("lets in nobody who is not among the people, or whose address nobody has shown to be theirs")
    func strangers() async throws {
        bench.change { $0.claims["email"] = .string("eve@example.com") }
        await #expect(throws: LoginRefusal.notAPerson) { try await bench.signIn() }
        bench.change { $0.claims = ["email": .string("ana@example.com"), "email_verified": .boolean(false)] }
        await #expect(throws: LoginRefusal.badToken("its e-mail address is not verified")) {
            try await bench.signIn()
        }
        bench.change { $0.claims = [:] }
        await #expect(throws: LoginRefusal.badToken("it has no claim email")) { try await bench.signIn() }
        #expect(bench.kinds == [.personRefused, .personRefused, .personRefused])
    }

    @Test("does not happen when it cannot be recorded")
    func unrecorded() async throws {
        bench.change { $0.takesRecords = false }
        await #expect(throws: LoginRefusal.notRecorded) { try await bench.signIn() }
        #expect(bench.desk.count == 0)
    }

    @Test("ends when its time is up, when nothing was asked for long, at a sign-out, and when the person leaves")
    func ends() async throws {
        let idle = try await bench.signIn()
        bench.advance(.seconds(600))
        #expect(bench.desk.person(session: idle) == nil)
        let long = try await bench.signIn()
        for _ in 0..<7 {
            bench.advance(.seconds(500))
            #expect(bench.desk.person(session: long) != nil)
        }
        bench.advance(.seconds(100))
        #expect(bench.desk.person(session: long) == nil)
        let out = try await bench.signIn()
        bench.desk.signOut(session: out)
        #expect(bench.desk.person(session: out) == nil)
        let left = try await bench.signIn()
        bench.change { $0.people = [:] }
        #expect(bench.desk.person(session: left) == nil)
    }

    @Test("is not made to last by a page that looks by itself")
    func looks() async throws {
        let watched = try await bench.signIn()
        for _ in 0..<5 {
            bench.advance(.seconds(100))
            #expect(bench.desk.person(session: watched, counts: false) != nil)
        }
        bench.advance(.seconds(100))
        #expect(bench.desk.person(session: watched, counts: false) == nil)
        #expect(bench.desk.person(session: watched) == nil)
    }

    @Test("is fresh by the provider's own word alone, and a renewed one takes the place of the old")
    func fresh() async throws {
        bench.change { $0.claims["auth_time"] = nil }
        let first = try await bench.signIn()
        #expect(bench.desk.person(session: first)?.isFresh == false)
        let renewal = try await bench.begin(renewing: first)
        await #expect(throws: LoginRefusal.badToken("it does not say when somebody logged in")) {
            try await bench.desk.finish(state: renewal.state, code: "c", error: nil, browser: renewal.browser)
        }
        let again = try await bench.begin(renewing: first)
        bench.change { $0.claims["auth_time"] = .integer($0.now.seconds) }
        let second = try await bench.desk.finish(state: again.state, code: "c", error: nil, browser: again.browser)
        #expect(bench.desk.person(session: first) == nil)
        #expect(bench.desk.person(session: second.session)?.isFresh == true)
        bench.advance(.seconds(300))
        #expect(bench.desk.person(session: second.session)?.isFresh == false)
    }

    @Test(
        "takes no time for fresh that cannot be, or is long over",
        arguments: [Int64.min, -1, 0, 1_799_999_699, 1_800_000_061, 1_800_000_000_000, Int64.max]
    )
    func times(seconds: Int64) async throws {
        let first = try await bench.signIn()
        bench.change { $0.claims["auth_time"] = .integer(seconds) }
        let second = try await bench.signIn()
        #expect(bench.desk.person(session: second)?.isFresh == false)
        let renewal = try await bench.begin(renewing: first)
        await #expect(throws: LoginRefusal.self) {
            try await bench.desk.finish(state: renewal.state, code: "c", error: nil, browser: renewal.browser)
        }
        #expect(bench.desk.person(session: first)?.isFresh == true)
    }

    @Test("asks anew for a login no older than counts as fresh")
    func renews() async throws {
        let query = LoginBench.query(try await bench.desk.begin(returnTo: ReturnPath("/"), renewing: "a").url)
        #expect(query["prompt"] == "login" && query["max_age"] == "300")
    }

    @Test("locks nobody out who begins while others begin without end")
    func flood() async throws {
        for _ in 0..<(LoginDesk.attemptLimit + 10) {
            _ = try await bench.desk.begin(returnTo: ReturnPath("/"), renewing: nil)
            bench.advance(.microseconds(1))
        }
        _ = try await bench.signIn()
    }

    @Test("knows a person by the names that the configuration has for them as well")
    func aliases() async throws {
        bench.change { $0.people["ana@example.com"]?.aliases = ["octocat"] }
        let session = try await bench.signIn()
        #expect(bench.desk.person(session: session)?.aliases.isSuperset(of: ["octocat", "u1"]) == true)
    }

    @Test(
        "goes on at a path of the console and nowhere else",
        arguments: [
            "//evil.example", "https://evil.example", "/\\evil.example", "", "/a b", "/\u{7}", "javascript:alert(1)",
        ]
    )
    func openRedirect(path: String) {
        #expect(ReturnPath(path).text == "/")
    }
}
