import AccessModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Console

@Suite("Who may see which page, and do what there")
struct PageAccessTests {
    private func status(_ path: String, _ person: String?, post body: String? = nil, _ more: HTTPFields = [:])
        async throws -> Int
    {
        var headers = person.map { PageFixture.headers($0) } ?? [.accept: "text/html"]
        for field in more { headers[field.name] = field.value }
        return try await PageFixture().console.test(.router) { [headers] client in
            try await client.execute(
                uri: path,
                method: body == nil ? .get : .post,
                headers: headers,
                body: body.map { ByteBuffer(string: $0) }
            ) { Int($0.status.code) }
        }
    }

    @Test(
        "A page is for those with its capability, and for nobody without a login",
        arguments: [
            ("/", ["nobody", "approver", "auditor", "administrator"]),
            ("/health", ["nobody", "approver", "auditor", "administrator"]),
            ("/approvals", ["approver", "auditor"]), ("/approvals/\(PageFixture.id)", ["approver", "auditor"]),
            ("/sessions", ["auditor"]),
            ("/sessions/\(PageFixture.id)", ["auditor"]), ("/audit", ["auditor"]),
            ("/audit/\(PageFixture.id)", ["auditor"]),
            ("/identities", ["auditor"]), ("/roles/nightly", ["auditor"]), ("/explain", ["auditor"]),
        ]
    )
    func capabilities(path: String, allowed: [String]) async throws {
        #expect(try await status(path, nil) == 401)
        for person in ["nobody", "approver", "auditor", "administrator"] {
            #expect(try await status(path, person) == (allowed.contains(person) ? 200 : 403), "\(person)")
        }
    }

    @Test("Where no provider logs people in, a page says what does, and no button leads nowhere")
    func withoutProvider() async throws {
        var ports = PageFixture().ports
        ports.people.hasProvider = false
        try await Application(router: ConsoleRoutes(ports: ports).router).test(.router) { client in
            try await client.execute(uri: "/audit", method: .get, headers: [.accept: "text/html"]) { response in
                #expect(response.status == .unauthorized)
                let html = String(buffer: response.body)
                #expect(html.contains("<code>countersign login-link</code>"))
                let addresses = try ScannedPage(html).addresses
                #expect(addresses.allSatisfy { !$0.hasPrefix("/login") })
            }
        }
        var fixture = PageFixture()
        fixture.isFresh = false
        ports = fixture.ports
        ports.people.hasProvider = false
        try await Application(router: ConsoleRoutes(ports: ports).router).test(.router) { client in
            let uri = "/approvals/\(PageFixture.id)"
            try await client.execute(uri: uri, method: .get, headers: PageFixture.headers("approver")) { response in
                let html = String(buffer: response.body)
                #expect(html.contains("another link from <code>countersign login-link</code>"))
                let addresses = try ScannedPage(html).addresses
                #expect(addresses.allSatisfy { !$0.hasPrefix("/login") })
            }
        }
    }

    @Test("The navigation leads nobody where they may not go", arguments: PageFixture.persons.keys.sorted())
    func navigation(person: String) async throws {
        try await PageFixture().console.test(.router) { client in
            let links = try await client.execute(uri: "/", method: .get, headers: PageFixture.headers(person)) {
                response in
                try ScannedPage(String(buffer: response.body)).addresses.filter { $0.hasPrefix("/") && $0 != "/logout" }
            }
            for link in links.map({ String($0.prefix { $0 != "#" }) }) {
                try await client.execute(uri: link, method: .get, headers: PageFixture.headers(person)) {
                    #expect($0.status == .ok, "\(link)")
                }
            }
        }
    }

    @Test("Who is not logged in is asked to log in, and comes back to the page")
    func login() async throws {
        try await PageFixture().console.test(.router) { client in
            try await client.execute(uri: "/audit?role=a%22b&text=c", method: .get, headers: [.accept: "text/html"]) {
                response in
                #expect(response.status == .unauthorized)
                #expect(response.headers[.wwwAuthenticate] == "Bearer")
                let page = try ScannedPage(String(buffer: response.body))
                #expect(page.addresses.contains("/login?return_to=%2Faudit%3Frole%3Da%2522b%26text%3Dc"))
            }
            try await client.execute(uri: "/audit", method: .get) { response in
                #expect(response.headers[.contentType] == "application/problem+json")
            }
            try await client.execute(uri: "/api/v1/me", method: .get, headers: [.accept: "text/html"]) { response in
                #expect(response.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test(
        "A form counts only from a page of this session",
        arguments: [
            ("/logout", "a=b"), ("/approvals/\(PageFixture.id)/answer", "answer=deny&digest=digest"),
            ("/sessions/\(PageFixture.id)/kill", "reason=a"),
            ("/explain", "claims=%7B%7D&target=t&sql=s"),
        ]
    )
    func forms(path: String, fields: String) async throws {
        let (good, bad) = ("\(fields)&form_token=\(PageFixture.token)", "\(fields)&form_token=other")
        #expect(try await status(path, "everything", post: good) < 400)
        #expect(try await status(path, "everything", post: fields) == 403)
        #expect(try await status(path, "everything", post: bad) == 403)
        #expect(try await status(path, "everything", post: good, [.origin: "https://other.example"]) == 403)
        #expect(
            try await status(path, "everything", post: good, [HTTPField.Name("Sec-Fetch-Site")!: "cross-site"]) == 403
        )
        #expect(try await status(path, nil, post: good) == 401)
    }

    @Test(
        "Who may not do it is refused, whatever the page that they have says",
        arguments: [
            ("/approvals/\(PageFixture.id)/answer", "answer=deny&digest=digest", ["approver"]),
            ("/sessions/\(PageFixture.id)/kill", "reason=a", ["administrator"]),
            ("/explain", "claims=%7B%7D&target=t&sql=s", ["auditor"]),
        ]
    )
    func acts(path: String, fields: String, allowed: [String]) async throws {
        for person in ["nobody", "approver", "auditor", "administrator"] {
            let status = try await status(path, person, post: "\(fields)&form_token=\(PageFixture.token)")
            #expect(allowed.contains(person) ? status < 400 : status == 403, "\(person)")
        }
    }

    @Test("An answer leads back to its page; one to what was not shown is a page in words")
    func answers() async throws {
        let path = "/approvals/\(PageFixture.id)/answer"
        try await PageFixture().console.test(.router) { client in
            let taken = ByteBuffer(string: "answer=approve&digest=digest&form_token=\(PageFixture.token)")
            try await client.execute(uri: path, method: .post, headers: PageFixture.headers("approver"), body: taken) {
                response in
                #expect(response.status == .seeOther)
                #expect(response.headers[.location] == "/approvals/\(PageFixture.id)")
            }
            let other = ByteBuffer(string: "answer=approve&digest=other&form_token=\(PageFixture.token)")
            try await client.execute(uri: path, method: .post, headers: PageFixture.headers("approver"), body: other) {
                response in
                #expect(response.status == .conflict)
                #expect(String(buffer: response.body).contains("What waits is not what was shown"))
            }
        }
    }

    @Test("Who has not proved lately who they are may deny, and is led to log in again to approve")
    func notFresh() async throws {
        var fixture = PageFixture()
        fixture.isFresh = false
        try await fixture.console.test(.router) { client in
            let uri = "/approvals/\(PageFixture.id)"
            try await client.execute(uri: uri, method: .get, headers: PageFixture.headers("approver")) { response in
                let page = try ScannedPage(String(buffer: response.body))
                #expect(page.addresses.contains("/login/again?return_to=%2Fapprovals%2F\(PageFixture.id)"))
                #expect(
                    page.tags.filter { $0.name == "button" && $0.attributes["name"] == "answer" }.map(
                        \.attributes["value"]
                    ) == ["deny"]
                )
            }
            let body = ByteBuffer(string: "answer=approve&digest=digest&form_token=\(PageFixture.token)")
            try await client.execute(
                uri: "\(uri)/answer",
                method: .post,
                headers: PageFixture.headers("approver"),
                body: body
            ) { response in
                #expect(response.status == .forbidden)
                let page = try ScannedPage(String(buffer: response.body))
                #expect(page.addresses.contains("/login/again?return_to=%2Fapprovals%2F\(PageFixture.id)"))
            }
        }
    }

    @Test(
        "Whoever may not answer is told why, and has no form",
        arguments: [("waiting", "Nobody approves their own request."), ("denied", "It was denied.")]
    )
    func mayNot(state: String, words: String) async throws {
        var fixture = PageFixture()
        (fixture.mayAnswer, fixture.state) = (false, state)
        try await fixture.console.test(.router) { client in
            let uri = "/approvals/\(PageFixture.id)"
            try await client.execute(uri: uri, method: .get, headers: PageFixture.headers("approver")) { response in
                let html = String(buffer: response.body)
                #expect(html.contains(words))
                #expect(!html.contains("name=\"answer\""))
            }
        }
    }
}
