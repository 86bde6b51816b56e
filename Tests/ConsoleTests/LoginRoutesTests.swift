import AccessModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import Console

@Suite("Logging in to the console, with TLS")
struct LoginRoutesTests {
    private static let ana = SignedInPerson(
        id: "ana@example.com",
        name: "Ana",
        groups: ["dba"],
        capabilities: [.approver],
        aliases: [],
        authenticated: Timestamp(seconds: 0),
        isFresh: true,
        formToken: "token",
        channel: "console"
    )

    private var console: some ApplicationProtocol {
        let people = PeoplePorts(
            url: "https://console.example",
            begin: { _, _ in (url: "https://id.example/authorize", browser: "browser") },
            finish: { _, _, _, _ in (session: "secret", returnTo: "/") },
            person: { $0 == "secret" ? LoginRoutesTests.ana : nil },
            signOut: { _ in }
        )
        return Application(
            router: ConsoleRoutes(
                ports: ConsolePorts(readiness: { Readiness([]) }, metrics: { [] }, people: people)
            ).router
        )
    }

    @Test("Cookies are for TLS and this host alone")
    func cookies() async throws {
        try await console.test(.router) { client in
            try await client.execute(uri: "/login", method: .get) { response in
                #expect(
                    response.headers[.setCookie]
                        == "__Host-countersign-login=browser; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600"
                )
            }
            try await client.execute(uri: "/login/callback?state=s&code=c", method: .get) { response in
                #expect(
                    response.headers[values: .setCookie].first
                        == "__Host-countersign=secret; Path=/; HttpOnly; SameSite=Lax; Secure"
                )
            }
        }
    }

    @Test(
        "A cookie without the prefix, which another host of the domain could have set, is none",
        arguments: [("countersign=secret", 401), ("__Host-countersign=secret", 200)]
    )
    func prefix(cookie: String, status: Int) async throws {
        try await console.test(.router) { client in
            try await client.execute(uri: "/api/v1/me", method: .get, headers: [.cookie: cookie]) { response in
                #expect(response.status.code == status)
            }
        }
    }

    static let requests: [(path: String, method: HTTPRequest.Method, follows: Bool, looks: Bool)] = [
        ("/approvals", .get, true, true), ("/approvals", .get, false, false), ("/logout", .post, true, false),
        ("/api/v1/approvals/events", .get, false, true),
    ]

    @Test("What a page asks by itself does not make a session last", arguments: requests)
    func looking(path: String, method: HTTPRequest.Method, follows: Bool, looks: Bool) async throws {
        let asked = Mutex<[String]>([])
        let people = PeoplePorts(
            url: "https://console.example",
            begin: { _, _ in (url: "", browser: "") },
            finish: { _, _, _, _ in (session: "", returnTo: "") },
            person: { _ in
                asked.withLock { $0.append("person") }
                return LoginRoutesTests.ana
            },
            look: { _ in
                asked.withLock { $0.append("look") }
                return LoginRoutesTests.ana
            },
            signOut: { _ in }
        )
        let ports = ConsolePorts(readiness: { Readiness([]) }, metrics: { [] }, people: people)
        var headers: HTTPFields = [.cookie: "__Host-countersign=secret"]
        if follows { headers[try #require(IdentifyPerson.follows)] = "1" }
        try await Application(router: ConsoleRoutes(ports: ports).router).test(.router) { [headers] client in
            try await client.execute(uri: path, method: method, headers: headers) { _ in }
        }
        #expect(asked.withLock { Set($0) } == [looks ? "look" : "person"])
    }

    @Test("A form that is too large is refused, and one of nobody before it is read")
    func forms() async throws {
        let body = ByteBuffer(repeating: UInt8(ascii: "a"), count: FormBody.limit + 1)
        let uri = "/api/v1/approvals/01ARZ3NDEKTSV4RRFFQ69G5FAV/answer"
        let cookies: [(HTTPFields, HTTPResponse.Status)] = [
            ([.cookie: "__Host-countersign=secret"], .contentTooLarge), ([:], .unauthorized),
        ]
        try await console.test(.router) { client in
            for (headers, status) in cookies {
                try await client.execute(uri: uri, method: .post, headers: headers, body: body) { response in
                    #expect(response.status == status)
                    #expect(response.headers[.contentType] == "application/problem+json")
                }
            }
        }
    }
}
