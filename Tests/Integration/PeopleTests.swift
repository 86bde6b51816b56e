import Foundation
import Testing

extension Integration {
    @Suite("People log in with OpenID Connect, and answer what waits over HTTP")
    struct PeopleTests {
        /// A gateway whose people log in at a provider of the test's own, and the port that this provider is to have.
        private struct Site: Sendable {
            var gateway: GatewayProcess
            var provider: ChildProcess
            var providerPort: Int
        }

        private static let site = Task {
            try await makeSite()
        }

        /// The provider answers before the gateway starts, which asks for its keys then.
        private static func makeSite() async throws -> Site {
            let port = try Machine.freePort()
            let log = try Leash.makeFolder("own-provider").appending(path: "output.log")
            let provider = try ChildProcess(Machine.python, [Machine.client("own_provider.py"), "\(port)"], log: log)
            try await Deadline.patient.wait("the provider to listen") {
                if let status = provider.exitStatus {
                    throw HarnessError("it ended with \(status): \(provider.logText)")
                }
                return provider.logText.contains("listening") ? true : nil
            }
            let gateway = try await makeGateway("http://127.0.0.1:\(port)")
            return Site(gateway: gateway, provider: provider, providerPort: port)
        }

        private static let roles = [
            ("held", "group:dba", 1), ("paired", "group:dba", 2), ("other", "group:platform", 1),
        ]
        .map { name, approvers, quorum in
            """
              \(name):
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants:
                  - target: orders-db
                    allow: {select: [public.orders]}
                    hold: {delete: [public.orders]}
                    approval: {approvers: ["\(approvers)"], quorum: \(quorum), within: 10m}
            """
        }.joined(separator: "\n")

        private static func people(leaving: String? = nil) -> String {
            let groups = ["ana": "dba", "bo": "dba", "cy": "dba", "dan": "platform", "fay": "audit", "gil": "others"]
            return groups.sorted { $0.key < $1.key }.map { name, group in
                let person = "name: \(name == "ana" ? "Ana Silva" : name), groups: [\(group)]"
                return "  \(name)@example.com: {\(person)\(name == leaving ? ", status: left" : "")}"
            }.joined(separator: "\n")
        }

        private static func makeGateway(_ issuer: String) async throws -> GatewayProcess {
            try await Testbed.shared.makeGateway { configuration in
                configuration.roles = roles
                configuration.people = people()
                configuration.extra = login(issuer, configuration)
            }
        }

        private static func login(_ issuer: String, _ configuration: GatewayConfiguration) -> String {
            """
            login:
              issuer: \(issuer)
              client: countersign
              secret: {file: client-secret}
              url: \(console(configuration))
              auditors: ["group:audit"]
            """
        }

        private static func console(_ configuration: GatewayConfiguration) -> String {
            "http://127.0.0.1:\(configuration.consolePort)"
        }

        private static func environment(_ gateway: GatewayProcess) async throws -> [String: String] {
            let direct = try await Testbed.shared.server.environment(.superuser)
            let words = [("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGPASSWORD", "password")]
            let parts = words.compactMap { key, word in direct[key].map { "\(word)='\($0)'" } }
            return try gateway.environment("held").merging(
                ["DIRECT": parts.joined(separator: " ") + " dbname=orders sslmode=require"]
            ) { $1 }
        }

        /// Plays a part of `people_attacks.py` to its end.
        private func play(_ part: String) async throws {
            let site = try await PeopleTests.site.value
            let result = try await Command(
                Machine.python,
                PeopleTests.arguments(part, site),
                environment: try await PeopleTests.environment(site.gateway)
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result)")
        }

        private static func arguments(_ part: String, _ site: Site) -> [String] {
            [
                Machine.client("people_attacks.py"), part, console(site.gateway.configuration), "\(site.providerPort)",
            ]
        }

        @Test("A provider of the world logs people in; they deny, and approve nothing without a fresh login")
        func glewlwyd() async throws {
            let bed = try await Testbed.shared
            var configuration = try GatewayConfiguration(server: bed.server, issuer: bed.issuer)
            let console = PeopleTests.console(configuration)
            let provider = try await LoginProviderSite.start(callback: "\(console)/login/callback")
            configuration.roles = PeopleTests.roles
            configuration.people = PeopleTests.people()
            configuration.extra = PeopleTests.login("\(provider.url)/api/oidc", configuration)
            let gateway = try await GatewayProcess.start(configuration)
            let result = try await Command(
                Machine.python,
                [Machine.client("people_client.py"), console],
                environment: try await PeopleTests.environment(gateway)
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result) \(gateway.process.logText)")
            let records = try await gateway.audit(["--kind", "all"])
            let kinds = records.compactMap { $0["kind"].text }.filter { $0.hasPrefix("person.") }
            #expect(Set(kinds) == ["person.signed_in", "person.refused", "person.signed_out"], "\(kinds)")
            try await gateway.process.stop()
            try await provider.stop()
        }

        @Test("An approval is one person's yes to one command; a quorum is two people, and never who asked")
        func approving() async throws { try await play("approving") }

        @Test(
            "Approvals are for those who answer for them; forms of other sites, and those without end, change nothing"
        )
        func boundaries() async throws { try await play("boundaries") }

        @Test("A login is of one browser and one answer, goes on at this console, and believes no token that lies")
        func logins() async throws { try await play("logins") }

        @Test("Changes are told as events, to nobody who has logged out")
        func stream() async throws { try await play("stream") }

        @Test("Who has left is out at once after a reload, and does not get in again")
        func leaving() async throws {
            let site = try await PeopleTests.site.value
            let client = try Dialogue(
                Machine.python,
                PeopleTests.arguments("leaving", site),
                environment: try await PeopleTests.environment(site.gateway)
            )
            try await client.wait(for: "in")
            var configuration = site.gateway.configuration
            configuration.people = PeopleTests.people(leaving: "cy")
            try await configuration.write()
            try await site.gateway.countersign(["reload"]).checked()
            client.answer()
            try await client.wait(for: "ok")
            try await site.gateway.configuration.write()
            try await site.gateway.countersign(["reload"]).checked()
        }

        @Test("Killed before an approved command's end, a gateway neither repeats nor hides it")
        func killed() async throws {
            let site = try await PeopleTests.makeSite()
            let gateway = site.gateway
            let client = try Dialogue(
                Machine.python,
                PeopleTests.arguments("killed", site),
                environment: try await PeopleTests.environment(gateway)
            )
            let approval = try JSONValue(parsing: try await client.wait { $0.hasPrefix("{") })
            try await gateway.process.stop(SIGKILL)
            client.answer()
            try await client.wait(for: "released")
            let left = try await Testbed.shared.server.query("SELECT count(*) FROM orders WHERE id = 841")
            let next = try await GatewayProcess.run(gateway.configuration)
            client.answer()
            try await client.wait(for: "streaming")
            try await next.countersign(["ledger", "verify"]).checked()
            let commands = try await next.audit(["--kind", "command", "--object", "public.orders"])
            #expect(commands.count == 1, "\(commands)")
            #expect(commands.first?["approval", "id"] == approval["id"])
            #expect(commands.first?["approval", "digest"] == approval["digest"])
            #expect(commands.first?["outcome", "status"] == "unknown", "\(commands)")
            #expect(try await Testbed.shared.server.query("SELECT count(*) FROM orders WHERE id = 841") == left)
            #expect(try await next.process.stop(SIGTERM, within: .seconds(20)) == 0)
            client.answer()
            try await client.wait(for: "ok")
            try await site.provider.stop(SIGKILL)
        }
    }
}
