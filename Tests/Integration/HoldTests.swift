import Foundation
import Testing

extension Integration {
    @Suite("A held command waits on its connection for a person")
    struct HoldTests {
        private static let gateway = Task {
            try await Testbed.shared.makeGateway { $0.roles = HoldTests.roles }
        }

        private static let roles = """
              held:
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants:
                  - target: orders-db
                    allow:
                      select: [public.orders, "pg_catalog.*"]
                      update: ["public.orders(status)"]
                    hold: {delete: [public.orders]}
                    approval: {approvers: [local], within: 2m}
              brief:
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants:
                  - target: orders-db
                    allow: {select: [public.orders]}
                    hold: {delete: [public.orders]}
                    approval: {approvers: [local], within: 10s}
              searched:
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants:
                  - target: orders-db
                    hold: {select: [public.customers]}
                    approval: {approvers: [local], within: 2m}
                    detect: {card: redact}
              discreet:
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                record: {literals: redacted}
                grants:
                  - target: orders-db
                    hold: {delete: [public.orders], select: [public.orders]}
                    approval: {approvers: [local], within: 2m}
              nobody:
                owner: ana@example.com
                expires: 2099-01-01
                bind: [{issuer: ci, claims: {project_id: "4711"}}]
                grants:
                  - target: orders-db
                    allow: {select: [public.orders]}
                    hold: {delete: [public.orders]}
            """

        /// The one approval that waits for a statement.
        private func waiting(_ gateway: GatewayProcess, _ text: String) async throws -> JSONValue {
            try await Deadline.patient.wait("an approval of \(text)") {
                let list = try await gateway.countersign(["approvals", "list", "--json"]).checked().output
                return try list.split(separator: "\n").map { try JSONValue(parsing: $0) }
                    .first { $0["command", "text"] == .string(text) }
            }
        }

        private static func direct() async throws -> String {
            let server = try await Testbed.shared.server
            let words = ["PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"]
            let environment = server.environment(.superuser)
            return words.compactMap { key, word in environment[key].map { "\(word)='\($0)'" } }.joined(separator: " ")
                + " dbname=orders sslmode=require"
        }

        private func count(_ id: Int) async throws -> String {
            try await Testbed.shared.server.query("SELECT count(*) FROM orders WHERE id = \(id)")
        }

        @Test("An approved DELETE runs, once, and its record says who approved it")
        func approved() async throws {
            let gateway = try await HoldTests.gateway.value
            let sql = "DELETE FROM public.orders WHERE id = 701"
            async let result = gateway.psql(sql, as: "held")
            let approval = try await waiting(gateway, sql)
            let id = try #require(approval["id"].text)
            #expect(approval["missing"] == 1)
            #expect(approval["estimated_rows"] != .null, "\(approval)")
            #expect(approval["provenance", "triggered_by"] == "bo")
            #expect(try await count(701) == "1")
            let shown = try await gateway.countersign(["approvals", "show", id]).checked()
            #expect(shown.output.contains(sql) && shown.output.contains("delete public.orders"), "\(shown)")
            try await gateway.countersign(["approvals", "approve", id, "--reason", "a + b & c"]).checked()
            let done = try await result
            #expect(done.status == 0, "\(done)")
            #expect(done.errors.contains("NOTICE:  00000: countersign: held: role held may delete from public.orders"))
            #expect(done.errors.contains(id))
            #expect(try await count(701) == "0")
            let records = try await gateway.audit(["--kind", "all"])
            let command = try #require(
                records.first { $0["kind"] == "command" && $0["command", "text"] == .string(sql) }
            )
            #expect(command["decision", "outcome"] == "allow")
            #expect(command["approval", "id"].text == id)
            #expect(command["approval", "state"] == "approved")
            #expect(command["approval", "approvers"] == [.string("local:root")])
            #expect(command["outcome", "status"] == "ok")
            let decided = try #require(
                records.first { $0["kind"] == "approval.decided" && $0["approval", "id"].text == id }
            )
            #expect(decided["approval", "reason"] == "a + b & c")
            #expect(decided["approval", "digest"] == command["approval", "digest"])
            #expect(decided["principal", "kind"] == "person")
            let again = try await gateway.countersign(["approvals", "approve", id])
            #expect(again.status == 1 && again.errors.contains("it is over: approved"), "\(again)")
        }

        @Test("A denied DELETE does not run, and its client reads why")
        func denied() async throws {
            let gateway = try await HoldTests.gateway.value
            let sql = "DELETE FROM public.orders WHERE id = 702"
            async let result = gateway.psql(sql, as: "held")
            let id = try #require(try await waiting(gateway, sql)["id"].text)
            try await gateway.countersign(["approvals", "deny", id, "--reason", "not before the audit"]).checked()
            let done = try await result
            #expect(done.status != 0)
            #expect(
                done.errors.contains("42501: countersign: denied: role held may delete from public.orders"),
                "\(done)"
            )
            #expect(done.errors.contains("not before the audit"), "\(done)")
            #expect(try await count(702) == "1")
        }

        @Test("A DELETE that nobody approves in time does not run; nor one that nobody may approve")
        func expired() async throws {
            let gateway = try await HoldTests.gateway.value
            async let late = gateway.psql("DELETE FROM public.orders WHERE id = 703", as: "brief")
            let never = try await gateway.psql("DELETE FROM public.orders WHERE id = 703", as: "nobody")
            #expect(never.status != 0 && never.errors.contains("its grant names nobody"), "\(never)")
            let done = try await late
            #expect(done.status != 0 && done.errors.contains("nobody approved it in time"), "\(done)")
            #expect(try await count(703) == "1")
        }

        @Test("What an approved statement owes is owed: card numbers are looked for in its result")
        func obliged() async throws {
            let gateway = try await HoldTests.gateway.value
            let sql = "SELECT '4111 1111 1111 1111'::text || '' AS card, id FROM public.customers ORDER BY id LIMIT 1"
            async let result = gateway.psql(sql, as: "searched")
            let id = try #require(try await waiting(gateway, sql)["id"].text)
            try await gateway.countersign(["approvals", "approve", id]).checked()
            let done = try await result.checked()
            #expect(done.output.hasSuffix("|1\n") && !done.output.contains("4111 1111 1111 1111"), "\(done)")
        }

        @Test("A statement whose literals are shown to nobody cannot be approved, and is refused at once")
        func undisclosed() async throws {
            let gateway = try await HoldTests.gateway.value
            let done = try await gateway.psql("DELETE FROM public.orders WHERE id = 704", as: "discreet")
            #expect(done.status != 0 && done.errors.contains("literals are not shown to anybody"), "\(done)")
            #expect(try await count(704) == "1")
        }

        @Test("A hold adds no thread, and at most 16 KiB")
        func costs() async throws {
            let gateway = try await Testbed.shared.makeGateway { $0.roles = HoldTests.roles }
            let result = try await Command(
                Machine.python,
                [Machine.client("holds_client.py"), "250", "\(gateway.process.pid)"],
                environment: gateway.environment("held"),
                timeout: .seconds(600)
            ).run().checked()
            let figures = result.output.split { $0.isWhitespace }.compactMap { Int($0) }
            try #require(figures.count == 2, "\(result)")
            #expect(figures[0] <= 16 * 1024 && figures[1] <= 0, "\(figures[0]) bytes a hold, \(figures[1]) threads")
            try await gateway.process.stop(SIGKILL)
        }

        @Test("Nothing of a pipeline runs while a part of it waits; a cancelled or abandoned one never runs")
        func pipelines() async throws {
            let gateway = try await HoldTests.gateway.value
            let result = try await Command(
                Machine.python,
                [Machine.client("hold_client.py"), Machine.countersign],
                environment: try gateway.environment("held").merging(
                    [
                        "COUNTERSIGN_DATA": gateway.configuration.data.path(percentEncoded: false),
                        "DIRECT": try await HoldTests.direct(),
                    ]
                ) { $1 }
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result)")
        }
    }
}
