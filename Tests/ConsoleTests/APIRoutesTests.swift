import AccessModel
import HTTPTypes
import Synchronization
import Testing

@testable import Console

@Suite("The API")
struct APIRoutesTests {
    typealias Right = (path: String, form: String?, capability: Capability?)

    private static let id = APISite.id
    static let rights: [Right] = [
        ("/records", nil, .auditor), ("/records/\(id)", nil, .auditor), ("/records/\(id)/proof", nil, .auditor),
        ("/records/\(id)/bundle", nil, .auditor), ("/evidence", nil, .auditor), ("/facets", nil, .auditor),
        ("/sessions", nil, .auditor),
        ("/sessions/\(id)", nil, .auditor), ("/roles", nil, .auditor), ("/roles/job", nil, .auditor),
        ("/principals", nil, .auditor), ("/explain", "claims=%7B%7D&target=t&sql=s", .auditor),
        ("/sessions/\(id)/kill", "", .administrator), ("/status", nil, nil),
    ]

    @Test("Nobody asks without a login, and nobody asks what their capability is not for", arguments: rights)
    func capabilities(path: String, form: String?, capability: Capability?) async throws {
        let site = APISite()
        #expect(try await site.ask(path, as: nil, post: form).status == 401)
        #expect(try await site.ask(path, as: "stranger", post: form).status == 401)
        for token in ["auditor", "approver", "administrator", "nobody"] {
            let answer = try await site.ask(path, as: token, post: form)
            let may = capability == nil || capability?.rawValue == token
            #expect(may ? answer.status != 403 : answer.status == 403, "\(token): \(answer)")
            if !may { #expect(answer.headers[.contentType] == "application/problem+json") }
        }
    }

    static let refused: [(path: String, why: String)] = [
        ("/records?nosuch=1", "not known"), ("/records?role=a&role=a", "twice"), ("/records?role=a&role=", "twice"),
        ("/records?%72ole=a&role=b", "twice"), ("/records?role=%", "not well-formed"),
        ("/records?role=%ff", "not well-formed"), ("/records?role=a%00b", "not well-formed"),
        ("/records?%ff=a", "not known"), ("/records?role=\(String(repeating: "a", count: 1025))", "longer"),
        ("/records?action=steal", "an action"), ("/records?decision=maybe", "allow, hold or deny"),
        ("/records?session=1", "session's id"), ("/records?since=yesterday", "a time"),
        ("/records?until=99999999999999999999d", "a time"), ("/records?text=%21%21", "words"),
        ("/records?kind=outcome", "kinds"), ("/records?kind=command,", "kinds"), ("/records?kind=,", "kinds"),
        ("/records?order=random", "newest or oldest"), ("/records?limit=0", "1 to 200"),
        ("/records?limit=201", "1 to 200"), ("/records?limit=-1", "1 to 200"), ("/records?limit=1e2", "1 to 200"),
        ("/records?limit=99999999999999999999", "1 to 200"), ("/records?cursor=x", "a `next`"),
        ("/records?cursor=rffffffffffffffff", "a `next`"), ("/records?cursor=r000000000000000G", "a `next`"),
        ("/records?cursor=R0000000000000001", "a `next`"), ("/records?cursor=s0000000000000001", "a `next`"),
        ("/records?cursor=r00000000000000001", "a `next`"), ("/records?cursor=r+000000000000001", "a `next`"),
        ("/sessions?cursor=s0000000000000001", "a `next`"), ("/sessions?state=dead", "live or ended"),
        ("/sessions?state=ended&cursor=l\(id)", "a `next`"), ("/sessions?owner=ana", "not known"),
        ("/records/\(id)?x=1", "not known"), ("/records/\(id)/proof?x", "not known"), ("/roles?limit=5", "not known"),
        ("/status?x=1", "not known"), ("/facets?limit=5", "not known"),
        ("/principals?cursor=r0000000000000001", "a `next`"),
    ]

    @Test("A parameter that is not known, is there twice or is no such value is refused in words", arguments: refused)
    func refusesParameters(path: String, why: String) async throws {
        let answer = try await APISite().ask(path, as: "auditor")
        #expect(answer.status == 400)
        #expect(answer.body.contains(why), "\(answer.body)")
    }

    @Test("Every filter reaches the search; an empty one asks for nothing")
    func filters() async throws {
        let site = APISite()
        let filters =
            "principal=p&role=r&owner=o&pipeline=i&run=u&commit=c&repository=y&triggered_by=t&target=g&object=public.*"
            + "&action=delete&decision=deny&session=\(APISite.id)&since=1h&until=2026-11-18&text=a+b%20c&kind=all&limit=7"
        #expect(try await site.ask("/records?" + filters, as: "auditor").status == 200)
        #expect(try await site.ask("/records?role=&text=&cursor=&limit=", as: "auditor").status == 200)
        var wanted = AuditQuery()
        wanted.principal = "p"
        wanted.role = "r"
        wanted.owner = "o"
        wanted.pipeline = "i"
        wanted.run = "u"
        wanted.commit = "c"
        wanted.repository = "y"
        wanted.triggeredBy = "t"
        wanted.target = "g"
        wanted.object = "public.*"
        wanted.action = .delete
        wanted.decision = .deny
        wanted.session = ULID(APISite.id)
        wanted.since = Timestamp(seconds: 1_795_000_000 - 3600)
        wanted.until = Timestamp(rfc3339: "2026-11-19")
        wanted.text = "a b c"
        var usual = AuditQuery()
        usual.kinds = [.command, .authenticationRefused]
        #expect(site.queries.withLock { $0 } == [wanted, usual])
        #expect(site.pages.withLock { $0.map(\.limit) } == [7, 50])
    }

    @Test(
        "A cursor is read back as it was written",
        arguments: [
            PageCursor.record(0), .record(1042), .record(UInt64(Int64.max)), .session(7), .principal(1),
            .live(ULID(high: 7, low: 9)),
        ]
    )
    func cursors(cursor: PageCursor) {
        #expect(PageCursor(cursor.text) == cursor)
    }

    static let refusals: [(refusal: ReadRefusal, status: Int, retry: String?)] = [
        (.busy, 503, "1"), (.tooSlow, 503, "1"), (.invalid("no"), 400, nil), (.notYet("wait"), 409, "2"),
        (.unavailable("made again"), 503, "5"),
    ]

    @Test("What the gateway cannot answer is a problem in words, with when to try again", arguments: refusals)
    func problems(refusal: ReadRefusal, status: Int, retry: String?) async throws {
        let site = APISite()
        site.refusal.withLock { $0 = refusal }
        for path in [
            "/records", "/facets", "/records/\(APISite.id)", "/records/\(APISite.id)/bundle", "/sessions", "/roles",
        ] {
            let answer = try await site.ask(path, as: "auditor")
            #expect(answer.status == status)
            #expect(answer.headers[.retryAfter] == retry)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }

    @Test("What has no id, or no name that is known, is not there")
    func unknown() async throws {
        for path in ["/records/1", "/records/\(APISite.id)x", "/sessions/..", "/roles/nosuch", "/nosuch"] {
            #expect(try await APISite().ask(path, as: "auditor").status == 404, "\(path)")
        }
    }

    @Test("A bundle is a file with a name, and no other site's page can have it taken")
    func bundle() async throws {
        let site = APISite()
        let path = "/records/\(APISite.id)/bundle"
        let answer = try await site.ask(path, as: "auditor")
        #expect(answer.headers[.contentDisposition] == "attachment; filename=\"\(APISite.id).countersign\"")
        #expect(answer.headers[.contentType] == "application/zip")
        let site1 = try #require(HTTPField.Name("Sec-Fetch-Site"))
        for (value, status) in [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)] {
            let cookie: HTTPFields = [.cookie: "__Host-countersign=auditor", site1: value]
            for path in [path, "/evidence?role=a"] {
                #expect(try await site.ask(path, as: nil, headers: cookie).status == status, "\(path) \(value)")
            }
        }
    }

    @Test("Evidence of what nothing matches is not there, and of what does is said in words")
    func evidence() async throws {
        let site = APISite()
        #expect(try await site.ask("/evidence?role=none", as: "auditor").status == 404)
        #expect(try await site.ask("/evidence?roll=a", as: "auditor").status == 400)
        let answer = try await site.ask("/evidence?role=a&commit=b&kind=all", as: "auditor")
        #expect(answer.headers[.contentDisposition] == "attachment; filename=\"commit b, kind all, role a\"")
        #expect(site.queries.withLock { $0.last?.commit == "b" && $0.last?.kinds == nil })
    }

    @Test("A session is ended by a form of this site, with a reason that is told, and by nobody's other form")
    func kill() async throws {
        let site = APISite()
        let path = "/sessions/\(APISite.id)/kill"
        let cookie: HTTPFields = [.cookie: "__Host-countersign=administrator"]
        #expect(try await site.ask(path, as: nil, post: "", headers: cookie).status == 403)
        #expect(try await site.ask(path, as: nil, post: "form_token=form-of-auditor", headers: cookie).status == 403)
        let long = "form_token=form-of-administrator&reason=" + String(repeating: "a", count: 201)
        #expect(try await site.ask(path, as: nil, post: long, headers: cookie).status == 400)
        #expect(site.kills.withLock { $0 } == [])
        let form = "form_token=form-of-administrator&reason=runs+wild"
        let answer = try await site.ask(path, as: nil, post: form, headers: cookie)
        #expect(answer.status == 200)
        #expect(answer.body == "{\"killed\":\"\(APISite.id)\"}\n")
        #expect(try await site.ask(path, as: "administrator", post: "").status == 409)
        #expect(
            site.kills.withLock { $0 } == [
                "administrator@example.com \(APISite.id) runs wild", "administrator@example.com \(APISite.id) -",
            ]
        )
    }

    static let questions: [(form: String, status: Int)] = [
        ("claims=%7B%7D&target=t&sql=SELECT+1", 200), ("claims=%7B%7D&target=t", 400), ("target=t&sql=s", 400),
        ("claims=&target=t&sql=s", 400), ("claims=%7B%7D&target=t&sql=s&at=noon", 400),
        ("claims=%7B%7D&target=t&sql=s&at=2026-11-24T22:00:00Z&search_path=a,%20b", 200), ("%zz", 400),
    ]

    @Test("A question to the policy has claims, a target and a statement", arguments: questions)
    func explain(form: String, status: Int) async throws {
        #expect(try await APISite().ask("/explain", as: "auditor", post: form).status == status)
    }
}
