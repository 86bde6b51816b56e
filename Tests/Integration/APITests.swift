import Foundation
import Testing

extension Integration {
    @Suite("What the gateway knows, over HTTP")
    struct APITests {
        private static let people = [
            "ana": "dba", "fay": "audit", "gil": "ops", "max": "dba, audit, ops", "bo": "none",
        ]

        /// Roles whose deletes are held, and people who audit, approve and administer.
        private static func configure(_ configuration: inout GatewayConfiguration, _ issuer: String) {
            configuration.roles = ["held", "other"].map { name in
                """
                  \(name):
                    owner: ana@example.com
                    expires: 2099-01-01
                    bind: [{issuer: ci, claims: {project_id: "4711"}}]
                    grants:
                      - target: orders-db
                        allow: {select: [public.orders]}
                        hold: {delete: [public.orders]}
                        approval: {approvers: ["group:dba"], within: 10m}
                """
            }.joined(separator: "\n")
            configuration.people = people.sorted { $0.key < $1.key }.map { name, groups in
                "  \(name)@example.com: {name: \(name == "ana" ? "Ana Silva" : name), groups: [\(groups)]}"
            }.joined(separator: "\n")
            configuration.extra = """
                login:
                  issuer: \(issuer)
                  client: countersign
                  secret: {file: client-secret}
                  url: http://127.0.0.1:\(configuration.consolePort)
                  auditors: ["group:audit"]
                  administrators: ["group:ops"]
                """
        }

        private func play(_ part: String) async throws -> GatewayProcess {
            let port = try Machine.freePort()
            let folder = try Leash.makeFolder("api")
            let provider = try ChildProcess(
                Machine.python,
                [Machine.client("own_provider.py"), "\(port)"],
                log: folder.appending(path: "provider.log")
            )
            try await Deadline.patient.wait("the provider to listen") {
                provider.logText.contains("listening") ? true : nil
            }
            let gateway = try await Testbed.shared.makeGateway { configuration in
                APITests.configure(&configuration, "http://127.0.0.1:\(port)")
            }
            let console = "http://127.0.0.1:\(gateway.configuration.consolePort)"
            let arguments = [part, console, "\(port)", gateway.configuration.folder.path(percentEncoded: false)]
            let result = try await Command(
                Machine.python,
                [Machine.client("api_client.py")] + arguments,
                environment: try gateway.environment("held")
            ).run()
            #expect(result.status == 0 && result.output.hasSuffix("ok\n"), "\(result) \(gateway.process.logText)")
            try await provider.stop(SIGKILL)
            return gateway
        }

        @Test("An auditor searches, proves and takes evidence; an administrator ends a session; nobody does more")
        func walk() async throws {
            let gateway = try await play("walk")
            try await gateway.countersign(["ledger", "verify"]).checked()
            let bundle = gateway.configuration.folder.appending(path: "one.countersign").path(percentEncoded: false)
            let key = try await gateway.countersign(["ledger", "key"]).checked().output
                .trimmingCharacters(in: .whitespacesAndNewlines)
            try await Command(Machine.countersign + "-verify", [bundle, "--key", key]).run().checked()
            try await gateway.process.stop()
        }

        @Test("Made-up questions are answered as the description says, and none of them breaks anything")
        func schema() async throws {
            let gateway = try await play("schema")
            try await gateway.countersign(["ledger", "verify"]).checked()
            try await gateway.process.stop()
        }
    }
}
