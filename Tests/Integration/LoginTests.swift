import Foundation
import Testing

extension Integration {
    @Suite("A terminal logs in, and a link of the admin socket does")
    struct LoginTests {
        private struct Site: Sendable {
            var gateway: GatewayProcess
            var provider: OwnProviderSite
        }

        private static let site = Task { try await makeSite() }

        private static func makeSite() async throws -> Site {
            let provider = try await OwnProviderSite.start()
            let gateway = try await Testbed.shared.makeGateway { configuration in
                configuration.roles = [("held", "group:dba"), ("local", "local")].map(role).joined(separator: "\n")
                configuration.people = """
                      ana@example.com: {name: Ana Silva, groups: [dba]}
                      bo@example.com: {name: Bo Lind, groups: [dba]}
                    """
                configuration.extra = """
                    login:
                      issuer: http://127.0.0.1:\(provider.port)
                      client: countersign
                      secret: {file: client-secret}
                      url: http://127.0.0.1:\(configuration.consolePort)
                    """
            }
            return Site(gateway: gateway, provider: provider)
        }

        private static func role(_ name: String, approver: String) -> String {
            """
              \(name):
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants:
                  - target: orders-db
                    allow: {select: [public.orders]}
                    hold: {delete: [public.orders]}
                    approval: {approvers: ["\(approver)"], within: 10m}
            """
        }

        private func play(_ part: String) async throws -> GatewayProcess {
            let site = try await LoginTests.site.value
            let configuration = site.gateway.configuration
            let result = try await Command(
                Machine.python,
                [
                    Machine.client("login_client.py"), part, "http://127.0.0.1:\(configuration.consolePort)",
                    "\(site.provider.port)", Machine.countersign,
                ],
                // A token of somebody who is not among those who approve.
                environment: try site.gateway.environment(
                    "held",
                    token: configuration.issuer.token(["user_login": "cy"])
                )
                .merging(["DATA": configuration.data.path(percentEncoded: false)]) { $1 }
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result)")
            return site.gateway
        }

        @Test("A terminal logs in through the browser, approves what waits, and logs out")
        func terminal() async throws {
            let gateway = try await play("login")
            let records = try await gateway.audit(["--kind", "person.signed_in,person.signed_out"])
            let channels = records.map { $0["login", "channel"] }
            #expect(channels.contains("cli") && channels.contains("console"), "\(records)")
        }

        @Test("Other programs, pages and people get nothing of a terminal's login")
        func attacks() async throws {
            let gateway = try await play("attacks")
            let refusals = try await gateway.audit(["--kind", "person.refused"])
            #expect(refusals.contains { $0["login", "reason"].text?.contains("without its verifier") == true })
        }

        @Test("A link of the admin socket logs in the local operator, once, in the browser that was shown it")
        func link() async throws {
            let gateway = try await play("link")
            let made = try await gateway.audit(["--kind", "person.link_made"])
            #expect(made.count == 1 && made.first?["principal", "issuer"] == "local", "\(made)")
            let used = try await gateway.audit(["--kind", "person.signed_in"]).filter {
                $0["login", "channel"] == "link"
            }
            #expect(used.count == 1, "\(used)")
        }

        @Test("Without a provider the console says how to get in, and a link does")
        func noProvider() async throws {
            let gateway = try await Testbed.shared.makeGateway()
            let login = try await gateway.console("/login")
            #expect(login.status == 503 && login.body.contains("countersign login-link"), "\(login)")
            let link = try await gateway.countersign(["login-link", "--json"]).checked().output
            let url = try #require(try JSONValue(parsing: link[...])["url"].text)
            #expect(url.hasPrefix("http://127.0.0.1:\(gateway.configuration.consolePort)/login/link?key="))
            try await gateway.process.stop()
        }

        @Test("A console's certificate is verified, by the authority that was named or the system's")
        func authority() async throws {
            let gateway = try await Testbed.shared.makeGateway { configuration in
                let certificate = configuration.server.pki.gateway
                configuration.consoleTLS = "certificate: \(certificate.certificate), key: {file: \(certificate.key)}"
            }
            let url = "https://localhost:\(gateway.configuration.consolePort)"
            let ca = gateway.configuration.server.pki.authority.certificate
            let environment = ["COUNTERSIGN_URL": url, "COUNTERSIGN_TOKEN": "token-of-nobody"]
            for (authority, words) in [(nil, "did not answer"), (ca, "the login is over or unknown")] {
                var environment = environment
                environment["COUNTERSIGN_CA"] = authority
                let result = try await Command(Machine.countersign, ["status"], environment: environment).run()
                #expect(result.status == 1 && result.errors.contains(words), "\(result)")
                #expect(!result.errors.contains("token-of-nobody"))
            }
            try await gateway.process.stop()
        }
    }
}
