import AccessModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Console

@Suite("Every address of the console, and who may ask it")
struct RouteRightsTests {
    enum Who: Equatable {
        /// Without a login: what it shows is nobody's, or it judges for itself.
        case open
        case anybodyIn
        case having([String])
        /// Whoever has a job's token.
        case job
    }

    struct Line {
        var route: String
        var who: Who
        /// The fields of a form that would do something.
        var form: String?
    }

    static let persons = ["nobody", "approver", "auditor", "administrator"]
    private static let answer = "answer=deny&digest=digest"
    private static let question = "claims=%7B%7D&target=t&sql=s"

    /// One line an address: one that is missing here fails.
    static let lines: [Line] =
        [
            "GET /healthz", "GET /readyz", "GET /metrics", "GET /assets/{file}", "GET /login", "GET /login/again",
            "GET /login/callback", "GET /login/cli", "POST /login/cli/token", "GET /login/link", "POST /login/link",
            "GET /api/v1/openapi.json",
        ].map { Line(route: $0, who: .open) }
        + ["GET /", "GET /health", "GET /api/v1/me", "GET /api/v1/status"].map { Line(route: $0, who: .anybodyIn) }
        + [Line(route: "POST /logout", who: .anybodyIn, form: "a=b")]
        + [
            Line(route: "POST /login/cli", who: .anybodyIn, form: "answer=no&port=4711&challenge=\(long)&state=\(long)")
        ]
        + [
            "GET /approvals", "GET /approvals/{id}", "GET /api/v1/approvals", "GET /api/v1/approvals/{id}",
            "GET /api/v1/approvals/events",
        ].map { Line(route: $0, who: .having(["approver", "auditor"])) }
        + [
            "GET /sessions", "GET /sessions/{id}", "GET /audit", "GET /audit/{id}", "GET /identities",
            "GET /roles/{name}",
            "GET /explain", "GET /api/v1/sessions", "GET /api/v1/sessions/{id}", "GET /api/v1/records",
            "GET /api/v1/facets", "GET /api/v1/records/{id}", "GET /api/v1/records/{id}/proof",
            "GET /api/v1/records/{id}/bundle", "GET /api/v1/evidence", "GET /api/v1/roles", "GET /api/v1/roles/{name}",
            "GET /api/v1/principals",
        ].map { Line(route: $0, who: .having(["auditor"])) }
        + ["", "/api/v1"].flatMap { prefix in
            [
                Line(route: "POST \(prefix)/approvals/{id}/answer", who: .having(["approver"]), form: answer),
                Line(route: "POST \(prefix)/sessions/{id}/kill", who: .having(["administrator"]), form: "reason=a"),
                Line(route: "POST \(prefix)/explain", who: .having(["auditor"]), form: question),
            ]
        }
        + ["POST /api/v1/change-sets", "GET /api/v1/change-sets/{id}"].map { Line(route: $0, who: .job) }

    private static let long = String(repeating: "c", count: 43)

    @Test("A new address has a line here, and a line has an address")
    func isWhole() {
        let routes = PageFixture().routes.router.routes.filter { $0.method != .head }.map { route in
            let parts = "\(route.path)".split(separator: "/").map { $0.first == ":" ? "{\($0.dropFirst())}" : "\($0)" }
            return "\(route.method) /\(parts.joined(separator: "/"))"
        }
        #expect(Set(routes) == Set(RouteRightsTests.lines.map(\.route)))
        #expect(Set(routes).count == routes.count && RouteRightsTests.lines.count == routes.count)
    }

    private func ask(
        _ line: Line,
        _ headers: HTTPFields,
        id: String = PageFixture.id,
        form: String? = nil
    ) async throws -> (status: Int, body: String) {
        let words = line.route.split(separator: " ", maxSplits: 1)
        let path = words[1].replacing("{id}", with: id).replacing("{name}", with: id == PageFixture.id ? "nightly" : id)
        let isPost = words[0] == "POST"
        return try await PageFixture().console.test(.router) { client in
            try await client.execute(
                uri: String(path),
                method: isPost ? .post : .get,
                headers: headers,
                body: isPost ? ByteBuffer(string: form ?? line.form ?? "") : nil
            ) { ($0.status.code, String(buffer: $0.body)) }
        }
    }

    private static func cookie(_ person: String) -> HTTPFields { [.cookie: "__Host-countersign=\(person)"] }

    @Test("Without a login, with another's secret, and without the capability there is nothing", arguments: lines)
    func rights(line: Line) async throws {
        let whole = line.form.map { "\($0)&form_token=\(PageFixture.token)" }
        guard line.who != .open else {
            // A secret that is none is refused also where none is needed, or not looked at.
            let answer = try await ask(line, [.authorization: "Bearer none"])
            return #expect(answer.status != 500, "\(answer)")
        }
        for headers: HTTPFields in [
            [:], RouteRightsTests.cookie("stranger"), [.authorization: "Bearer stranger"],
            [.authorization: "Basic everything"],
            // A header alone counts, whatever cookie comes with it.
            [.authorization: "Bearer stranger", .cookie: "__Host-countersign=everything"],
            // The cookie's name without the prefix that browsers keep.
            [.cookie: "countersign=everything"],
        ] {
            #expect(try await ask(line, headers, form: whole).status == 401, "\(headers)")
        }
        for person in RouteRightsTests.persons {
            let answer = try await ask(line, RouteRightsTests.cookie(person), form: whole)
            switch line.who {
            case .open: break
            case .job: #expect(answer.status == 401, "\(person): \(answer)")
            case .anybodyIn: #expect(answer.status < 400, "\(person): \(answer)")
            case .having(let allowed):
                #expect(allowed.contains(person) ? answer.status < 400 : answer.status == 403, "\(person): \(answer)")
            }
        }
    }

    @Test(
        "What is another's, and what nobody has, is not there, in the same words",
        arguments: lines.filter { $0.route.contains("{id}") || $0.route.contains("{name}") }.filter { $0.who != .job }
    )
    func others(line: Line) async throws {
        let form = line.form.map { "\($0)&form_token=\(PageFixture.token)" }
        let ids = ["01BX5ZZKBKACTAV9WEVGEMMVRZ", "00000000000000000000000000"]
        var answers: [String] = []
        for id in ids {
            let answer = try await ask(line, RouteRightsTests.cookie("everything"), id: id, form: form)
            #expect(answer.status == 404, "\(line.route): \(answer)")
            answers.append(answer.body)
        }
        #expect(Set(answers).count == 1, "\(answers)")
        for id in ["x", "..", "%2e%2e", "\(PageFixture.id)0", "'", "%00", PageFixture.id + "%00"] {
            let status = try await ask(line, RouteRightsTests.cookie("everything"), id: id, form: form).status
            #expect((400...405).contains(status), "\(line.route) \(id): \(status)")
        }
    }

    @Test(
        "A form of another person, another session or another site does nothing",
        arguments: lines.filter { $0.form != nil }
    )
    func forms(line: Line) async throws {
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        let good = "\(line.form ?? "")&form_token=\(PageFixture.token)"
        let own = RouteRightsTests.cookie("everything")
        for token in ["", "&form_token=", "&form_token=form-of-b", "&form_token=\(PageFixture.token)x"] {
            #expect(try await ask(line, own, form: (line.form ?? "") + token).status == 403, "\(token)")
        }
        for (name, value) in [
            (HTTPField.Name.origin, "https://other.example"), (.origin, "null"), (.origin, "http://console.example"),
            (site, "cross-site"), (site, "same-site"), (site, "none"),
        ] {
            var headers = own
            headers[name] = value
            #expect(try await ask(line, headers, form: good).status == 403, "\(name) \(value)")
        }
    }
}
