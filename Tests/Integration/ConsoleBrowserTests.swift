import Foundation
import Testing

extension Integration {
    @Suite("The console in a real browser, before a real provider")
    struct ConsoleBrowserTests {
        private struct Site: Sendable {
            var gateway: GatewayProcess
            var provider: OwnProviderSite
        }

        private static let site = Task { try await makeSite() }

        private static func makeSite() async throws -> Site {
            let bed = try await Testbed.shared
            var configuration = try GatewayConfiguration(server: bed.server, issuer: bed.issuer)
            let console = "http://127.0.0.1:\(configuration.consolePort)"
            let provider = try await OwnProviderSite.startForBrowsers(callback: "\(console)/login/callback")
            configuration.people = people
            configuration.roles = roles
            configuration.extra = """
                login:
                  issuer: http://127.0.0.1:\(provider.port)/o
                  client: countersign
                  secret: {file: client-secret}
                  url: \(console)
                  auditors: ["group:audit", "group:admin"]
                  administrators: ["group:admin"]
                """
            return Site(gateway: try await GatewayProcess.start(configuration), provider: provider)
        }

        private static let people = [("ana", "dba"), ("bo", "dba"), ("cy", "dba"), ("fay", "audit"), ("gil", "admin")]
            .map { name, group in
                let shown = name == "cy" ? #""Cy <script>hostile('name')</script>""# : "\(name.capitalized) of \(group)"
                return "  \(name)@example.com: {name: \(shown), groups: [\(group)]}"
            }.joined(separator: "\n")

        /// What is updated waits: for one of a group, for two, and for a time that is soon over.
        private static let roles = [("updating", 1, "10m"), ("paired", 2, "10m"), ("short", 1, "10s")]
            .map { name, quorum, time in
                """
                  \(name):
                    description: Reconciles orders each night
                    owner: ana@example.com
                    expires: 2099-01-01
                    bind: [{issuer: ci, claims: {project_id: "4711"}}]
                    session: {justification: optional}
                    grants:
                      - target: orders-db
                        allow: {select: [public.orders, public.customers]}
                        mask: {public.customers.email: email}
                        hold: {update: [public.orders]}
                        approval: {approvers: ["group:dba"], quorum: \(quorum), within: \(time)}
                """
            }.joined(separator: "\n")

        private func play(_ part: String) async throws {
            let site = try await ConsoleBrowserTests.site.value
            let direct = try await Testbed.shared.server.environment(.superuser)
            let words = [("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGPASSWORD", "password")]
            let parts = words.compactMap { key, word in direct[key].map { "\(word)='\($0)'" } }
            let claims: [String: JSONValue] = ["ref": .string(ConsoleBrowserTests.hostile)]
            let result = try await Command(
                Machine.python,
                [
                    Machine.client("console_browser.py"), part,
                    "http://127.0.0.1:\(site.gateway.configuration.consolePort)",
                    "http://127.0.0.1:\(site.provider.port)",
                ],
                environment: try site.gateway.environment("updating").merging([
                    "PSQL": try Machine.postgres("psql"), "HOSTILE": ConsoleBrowserTests.hostile,
                    "HOSTILE_TOKEN": try site.gateway.configuration.issuer.token(claims),
                    "SCREENSHOTS": ProcessInfo.processInfo.environment["SCREENSHOTS"] ?? "",
                    "DIRECT": parts.joined(separator: " ") + " dbname=orders sslmode=require",
                ]) { $1 }
            ).run()
            #expect(
                result.status == 0 && result.output == "ok\n",
                "\(result) \(site.gateway.process.logText.suffix(2000))"
            )
        }

        /// What somebody writes who wants to be run by whoever reads it.
        private static let hostile =
            #""><script>hostile()</script><img src="http://evil.example/x" onerror="hostile()">{{7*7}}'`javascript:hostile()"#

        @Test("People approve while psql waits, deny, let expire; two make a quorum, and nobody answers for themselves")
        func approvals() async throws { try await play("approvals") }

        @Test("An approval needs no mouse, and no script")
        func reaching() async throws { try await play("reaching") }

        @Test("Another site frames nothing, sends nothing, reads nothing; nobody sees what is another's")
        func neighbours() async throws { try await play("neighbours") }

        @Test("An auditor searches, verifies a record in the browser, replays a session; an administrator ends it")
        func audit() async throws { try await play("audit") }

        @Test("Every page shows what others wrote as text, is accessible, and fits into 320 pixels")
        func looking() async throws { try await play("looking") }

        /// `make screenshots` writes docs/screenshots.
        @Test(
            "Each page is taken at two widths",
            .enabled(if: ProcessInfo.processInfo.environment["SCREENSHOTS"] != nil)
        )
        func screenshots() async throws { try await play("screenshots") }
    }
}
