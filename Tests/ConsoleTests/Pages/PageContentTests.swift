import AccessModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Console

@Suite("Pages of the console with hostile texts in every field")
struct PageContentTests {
    static let paths = [
        "/", "/approvals", "/approvals/\(PageFixture.id)", "/sessions", "/sessions?state=ended&role=a",
        "/sessions/\(PageFixture.id)",
        "/audit", "/audit?role=a&kind=all&order=oldest", "/audit?since=never", "/audit?nothing=1",
        "/audit/\(PageFixture.id)", "/identities",
        "/roles/nightly", "/explain", "/explain?sql=SELECT&target=t", "/health", "/nothing", "/audit/nothing",
        "/roles/nothing",
        "/login/callback?state=s",
    ]

    private func page(_ path: String, of fixture: PageFixture = PageFixture(), as person: String = "everything")
        async throws -> String
    {
        try await fixture.console.test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: PageFixture.headers(person)) { response in
                #expect(response.headers[.contentType] == "text/html; charset=utf-8", "\(path)")
                #expect(response.headers[.cacheControl] == "no-store")
                return String(buffer: response.body)
            }
        }
    }

    @Test(
        "Nothing of it acts: each page is well-formed, has no script, style or handler of its own, and asks no other site",
        arguments: paths
    )
    func nothingActs(path: String) async throws {
        let page = try ScannedPage(try await page(path))
        for tag in page.tags {
            #expect(!["style", "iframe", "object", "embed", "base", "video", "b"].contains(tag.name), "\(tag)")
            #expect(
                tag.attributes.keys.allSatisfy {
                    !$0.hasPrefix("on") && $0 != "style" && $0 != "srcdoc" && $0 != "formaction"
                },
                "\(tag)"
            )
            switch tag.name {
            case "script":
                #expect(tag.attributes["type"] == "module" && tag.attributes["src"]?.hasPrefix("/assets/") == true)
            case "img": #expect(tag.attributes["src"] == Asset.mark.path)
            case "meta": #expect(tag.attributes["http-equiv"] == nil)
            default: break
            }
        }
        for (attribute, value) in page.tags.flatMap(\.attributes)
        where attribute == "href" || attribute == "src" || attribute == "action" {
            let isOwn = value.hasPrefix("/") && !value.hasPrefix("//") || value.hasPrefix("#")
            #expect(isOwn || value == "https://git.example/finance", "\(value)")
        }
        for scalar in page.text.unicodeScalars {
            #expect(
                scalar == "\n" || scalar == "\t"
                    || ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
            )
        }
    }

    @Test(
        "Each page has one heading of the first rank, a title, unique ids, and a label for each field",
        arguments: paths
    )
    func isInOrder(path: String) async throws {
        let page = try ScannedPage(try await page(path))
        #expect(page.tags.count { $0.name == "h1" } == 1)
        #expect(page.tags.count { $0.name == "title" } == 1)
        #expect(page.tags.count { $0.name == "main" } == 1)
        let ids = page.values(of: "id")
        #expect(Set(ids).count == ids.count, "\(ids)")
        let labels = Set(page.values(of: "for"))
        for tag in page.tags
        where ["input", "select", "textarea"].contains(tag.name) && tag.attributes["type"] != "hidden" {
            #expect(tag.attributes["id"].map { labels.contains($0) } == true, "\(tag)")
        }
        for name in page.values(of: "aria-labelledby") { #expect(ids.contains(name), "\(name)") }
        for tag in page.tags where tag.name == "form" && tag.attributes["method"] == "post" {
            #expect(tag.attributes["action"]?.hasPrefix("/") == true)
        }
    }

    @Test("Each link leads somewhere")
    func linksLead() async throws {
        var links: Set<String> = []
        // A search for a text with a zero byte is refused, by whatever link.
        var fixture = PageFixture()
        fixture.text = fixture.text.replacing("\\u0000", with: "")
        for path in PageContentTests.paths {
            let scanned = try ScannedPage(try await page(path, of: fixture))
            links.formUnion((scanned.values(of: "href") + scanned.values(of: "src")).filter { $0.hasPrefix("/") })
        }
        try await fixture.console.test(.router) { [links] client in
            for link in links {
                let uri = String(link.replacing("&amp;", with: "&").split(separator: "#")[0])
                try await client.execute(uri: uri, method: .get, headers: PageFixture.headers("everything")) {
                    response in
                    #expect(response.status.code < 400, "\(uri): \(response.status)")
                }
            }
        }
    }

    @Test("A page says what the API says: the statement, who asks, the effects, the digest")
    func saysWhatTheAPISays() async throws {
        var fixture = PageFixture()
        fixture.text = "\"update orders\""
        let html = try await page("/approvals/\(PageFixture.id)", of: fixture)
        for words in [
            "<pre class=\"sql\"><code>update orders</code></pre>", "<code>digest</code>", "at most 1,000 rows changed",
            "<code>$1", "NULL",
            "It waits inside of a transaction", "Without asking", "<code>select update orders</code>",
            "Only after a yes",
            "<code>update public.held</code>", "at most 7 rows returned", "Laid out for reading",
            "update orders update orders (update orders)",
            "name=\"digest\" value=\"digest\"",
        ] where words != "<code>$1" {
            #expect(html.contains(words), "\(words)")
        }
    }

    @Test("What is empty says what to do", arguments: ["/approvals", "/sessions", "/audit", "/identities"])
    func empty(path: String) async throws {
        var ports = PageFixture().ports
        ports.board = .none
        ports.data.sessions.list = { _, _ throws(ReadRefusal) in
            PageFixture.bytes("{\"sessions\":[],\"next\":null,\"live\":0}")
        }
        ports.data.audit.search = { _, _, _ throws(ReadRefusal) in
            PageFixture.bytes("{\"records\":[],\"next\":null,\"complete\":true,\"reached\":null,\"behind\":0}")
        }
        ports.data.roles.list = { () throws(ReadRefusal) in PageFixture.bytes("{\"policy\":\"p\",\"roles\":[]}") }
        ports.data.roles.principals = { _ throws(ReadRefusal) in PageFixture.bytes("{\"principals\":[],\"next\":null}")
        }
        try await Application(router: ConsoleRoutes(ports: ports).router).test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: PageFixture.headers("everything")) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body).contains("class=\"empty\""))
            }
        }
    }

    @Test(
        "An explanation says what it knew of the target's columns",
        arguments: [("12", "that a session read 12 s ago"), ("null", "No session has read what this target holds")]
    )
    func catalogAge(age: String, words: String) async throws {
        var ports = PageFixture().ports
        ports.data.explain = ExplainPorts { _ throws(ReadRefusal) in
            PageFixture.bytes("{\"outcome\":\"allow\",\"catalog_age_s\":\(age)}")
        }
        try await Application(router: ConsoleRoutes(ports: ports).router).test(.router) { client in
            let form = ByteBuffer(string: "claims=%7B%7D&target=t&sql=s&form_token=\(PageFixture.token)")
            let headers = PageFixture.headers("auditor", isForm: true)
            try await client.execute(uri: "/explain", method: .post, headers: headers, body: form) { response in
                #expect(String(buffer: response.body).contains(words))
            }
        }
    }

    @Test("A search that takes too long is said above its form, which keeps what was asked")
    func tooSlow() async throws {
        var fixture = PageFixture()
        fixture.refusal = .tooSlow
        try await fixture.console.test(.router) { client in
            try await client.execute(uri: "/audit?text=orders", method: .get, headers: PageFixture.headers("auditor")) {
                response in
                #expect(response.status == .serviceUnavailable)
                let html = String(buffer: response.body)
                #expect(html.contains("role=\"alert\"") && html.contains("name=\"text\" value=\"orders\""))
            }
        }
    }
}
