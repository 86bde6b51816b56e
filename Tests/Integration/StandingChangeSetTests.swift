import Foundation
import Testing

extension Integration {
    @Suite("A change set that was approved once runs, statement by statement, without waiting")
    struct StandingChangeSetTests {
        private static let gateway = Task { try await makeGateway() }

        private static func makeGateway() async throws -> GatewayProcess {
            try await Testbed.shared.makeGateway {
                $0.roles = """
                      deploy:
                        owner: ana@example.com
                        expires: 2099-01-01
                        bind: [{issuer: ci, claims: {project_id: "4711"}}]
                        grants:
                          - target: orders-db
                            allow: {select: [public.orders], update: ["public.orders(status)"]}
                            hold: {delete: [public.orders, public.customers]}
                            approval: {approvers: [local], within: 30s}
                    """
            }
        }

        /// Asks with the token of a job, as its pipeline would.
        private func request(
            _ sql: String,
            _ gateway: GatewayProcess,
            token: String? = nil,
            _ options: [String] = []
        ) async throws -> CommandResult {
            try await Command(
                Machine.countersign,
                ["approvals", "request", "--file", "-", "--role", "deploy", "--target", "orders-db", "--json"]
                    + options,
                environment: [
                    "COUNTERSIGN_URL": "http://127.0.0.1:\(gateway.configuration.consolePort)",
                    "COUNTERSIGN_TOKEN": try token ?? gateway.configuration.issuer.token(),
                ],
                input: sql
            ).run()
        }

        private func approved(_ sql: String, _ gateway: GatewayProcess, _ options: [String] = []) async throws -> String
        {
            let made = try await request(sql, gateway, options).checked()
            let set = try JSONValue(parsing: made.output)
            let id = try #require(set["id"].text)
            #expect(set["state"] == "waiting" && set["kind"] == "change_set", "\(made)")
            try await gateway.countersign(["approvals", "approve", id]).checked()
            return id
        }

        private func count(_ ids: ClosedRange<Int>) async throws -> String {
            try await Testbed.shared.server.query(
                "SELECT count(*) FROM orders WHERE id BETWEEN \(ids.lowerBound) AND \(ids.upperBound)"
            )
        }

        /// Answers what waits for a statement with a no.
        private func refuse(_ text: String, _ gateway: GatewayProcess) async throws {
            let id = try await Deadline.patient.wait("an approval of \(text)") {
                let list = try await gateway.countersign(["approvals", "list", "--json"]).checked().output
                return try list.split(separator: "\n").map { try JSONValue(parsing: $0) }
                    .first { $0["command", "text"] == .string(text) && $0["state"] == "waiting" }?["id"].text
            }
            try await gateway.countersign(["approvals", "deny", id, "--reason", "not in the set"]).checked()
        }

        @Test("A job runs exactly what was approved, each statement once; anything else waits as ever")
        func once() async throws {
            let gateway = try await StandingChangeSetTests.gateway.value
            let script = """
                -- two orders go
                UPDATE public.orders SET status = 'open' WHERE id = 723;
                DELETE FROM public.orders WHERE id = 721;
                DELETE FROM public.orders
                  WHERE id = 722;
                """
            let id = try await approved(script, gateway)
            let shown = try await gateway.countersign(["approvals", "show", id, "--json"]).checked().output
            let set = try JSONValue(parsing: shown)
            #expect(set["formatted"][1] == "DELETE FROM public.orders\nWHERE id = 721")
            #expect(
                set["role_may"][0]["rules"][0]["verdict"] != .null && set["role_may"][0]["target"] == "orders-db",
                "\(shown)"
            )
            let words = try await gateway.countersign(["approvals", "show", id]).checked().output
            #expect(words.contains("select public.orders") && words.contains("after a yes"), "\(words)")
            let done = try await gateway.psql(script, as: "deploy").checked()
            #expect(!done.errors.contains("held"), "\(done)")
            #expect(try await count(721...722) == "0")
            async let again = gateway.psql("DELETE FROM public.orders WHERE id = 721", as: "deploy")
            try await refuse("DELETE FROM public.orders WHERE id = 721", gateway)
            #expect(try await again.errors.contains("not in the set"))
            let records = try await gateway.audit(["--kind", "all"])
            let commands = records.filter { $0["approval", "id"].text == id && $0["kind"] == "command" }
            #expect(commands.count == 2)
            #expect(commands.allSatisfy { $0["approval", "kind"] == "change_set" && $0["outcome", "status"] == "ok" })
            #expect(
                commands.contains { $0["approval", "statements"] == [2] }
                    && commands.contains { $0["approval", "statements"] == [3] }
            )
            let requested = records.first { $0["kind"] == "approval.requested" && $0["approval", "id"].text == id }
            #expect(requested?["change_set", "commit"] == .string(TestIssuer.commit))
            #expect(requested?["principal", "kind"] == "workload")
        }

        @Test("A text of several statements, and an ordered set, are taken in their order or not at all")
        func ordered() async throws {
            let gateway = try await StandingChangeSetTests.gateway.value
            _ = try await approved(
                "DELETE FROM public.orders WHERE id = 724; DELETE FROM public.orders WHERE id = 725",
                gateway,
                ["--ordered"]
            )
            let second = "DELETE FROM public.orders WHERE id = 725"
            async let early = gateway.psql(second, as: "deploy")
            try await refuse(second, gateway)
            _ = try await early
            #expect(try await count(724...725) == "2")
            let both = "DELETE FROM public.orders WHERE id = 724; \(second)"
            let wrapped = "BEGIN; \(both); COMMIT"
            async let other = text(wrapped, gateway)
            try await refuse(wrapped, gateway)
            #expect(try await other.status != 0)
            try await text(both, gateway).checked()
            #expect(try await count(724...725) == "0")
        }

        /// Sends a text as one message.
        private func text(_ sql: String, _ gateway: GatewayProcess) async throws -> CommandResult {
            let arguments = ["-X", "-q", "-c", sql]
            return try await Command(
                Machine.postgres("psql"),
                arguments,
                environment: gateway.environment("deploy")
            ).run()
        }

        @Test("Nobody else's set serves: another commit, another role's token, a set that nobody approved")
        func others() async throws {
            let gateway = try await StandingChangeSetTests.gateway.value
            let sql = "DELETE FROM public.orders WHERE id = 726"
            _ = try await approved(sql, gateway, ["--commit", "0000000000000000000000000000000000000000"])
            async let other = gateway.psql(sql, as: "deploy")
            try await refuse(sql, gateway)
            #expect(try await other.status != 0)
            let token = try gateway.configuration.issuer.token(["project_id": "4712"])
            let stranger = try await request(sql, gateway, token: token)
            #expect(stranger.status == 1 && stranger.output.isEmpty, "\(stranger)")
            let forged = try await request(sql, gateway, token: "eyJhbGciOiJub25lIn0.e30.")
            #expect(forged.status == 1 && forged.errors.contains("token"), "\(forged)")
            // Whoever is refused is told of, as at a listener.
            let refused = try await gateway.audit(["--kind", "authentication.refused"]).filter {
                $0["source", "channel"] == "api"
            }
            #expect(refused.count == 2, "\(refused)")
            let unbound = refused.first { $0["refusal", "code"] == "not_bound" }
            #expect(unbound?["principal", "subject"].text != nil && unbound?["requested", "user"] == "deploy")
            let nobody = refused.first { $0["refusal", "code"] != "not_bound" }
            #expect(nobody?["principal"] == .null && nobody?["target", "name"] == "orders-db", "\(refused)")
        }

        @Test(
            "What policy denies, or allows anyway, is no change set; the local operator takes back their own, and never approves it"
        )
        func refused() async throws {
            let gateway = try await StandingChangeSetTests.gateway.value
            for (sql, words) in [
                (
                    "DELETE FROM public.orders WHERE id = 1; DROP TABLE public.orders",
                    "statement 2: role deploy may not drop"
                ),
                ("SELECT id FROM public.orders", "they need no approval"),
                ("DELETE FROM public.orders WHERE id = $1", "statement 1 has parameters"),
                ("DELETE FRM", "syntax error"),
                ("-- no", "0 statements"),
            ] {
                let result = try await request(sql, gateway)
                #expect(result.status == 1 && result.errors.contains(words), "\(result)")
            }
            let own = try await Command(
                Machine.countersign,
                ["approvals", "request", "--file", "-", "--role", "deploy", "--target", "orders-db", "--json"],
                environment: ["COUNTERSIGN_DATA": gateway.configuration.data.path(percentEncoded: false)],
                input: "DELETE FROM public.orders WHERE id = 1"
            ).run().checked()
            let id = try #require(try JSONValue(parsing: own.output)["id"].text)
            let answer = try await gateway.countersign(["approvals", "approve", id])
            #expect(answer.status == 1 && answer.errors.contains("nobody approves their own request"), "\(answer)")
            let denied = try await gateway.countersign(["approvals", "deny", id])
            #expect(denied.status == 0, "\(denied)")
        }

        @Test("After kill -9 an approved set serves on, and what was used of it stays used")
        func killed() async throws {
            let first = try await StandingChangeSetTests.makeGateway()
            let one = "DELETE FROM public.orders WHERE id = 731"
            let two = "DELETE FROM public.orders WHERE id = 732"
            _ = try await approved("\(one); \(two)", first)
            try await first.psql(one, as: "deploy").checked()
            try await first.process.stop(SIGKILL)
            let gateway = try await GatewayProcess.run(first.configuration)
            try await Testbed.shared.server.query(
                "INSERT INTO orders (id, customer_id, total, status, note) SELECT 731, customer_id, total, status, note FROM orders WHERE id = 1"
            )
            async let again = gateway.psql(one, as: "deploy")
            try await refuse(one, gateway)
            #expect(try await again.status != 0)
            #expect(try await count(731...731) == "1")
            let done = try await gateway.psql(two, as: "deploy").checked()
            #expect(!done.errors.contains("held"), "\(done)")
            #expect(try await count(732...732) == "0")
            let list = try await gateway.countersign(["approvals", "list", "--all", "--json"]).checked().output
            #expect(list.contains("\"used\":[1,2]"), "\(list)")
            try await gateway.process.stop()
        }

        @Test(
            "A set that was taken back stays so after kill -9, wherever its writes are; what was not told is not undone"
        )
        func killedWhileRevoked() async throws {
            let first = try await StandingChangeSetTests.makeGateway()
            let sql = "DELETE FROM public.orders WHERE id = 734"
            let id = try await approved(sql, first)
            let state = first.configuration.data.appending(path: "state.sqlite").path(percentEncoded: false)
            // Nothing can be kept while somebody else writes.
            let script =
                "import sqlite3,sys,time; c=sqlite3.connect(sys.argv[1],isolation_level=None); "
                + "c.execute('BEGIN IMMEDIATE'); print('locked',flush=True); time.sleep(600)"
            let log = first.configuration.data.appending(path: "locker.log")
            let locker = try ChildProcess(Machine.python, ["-c", script, state], log: log)
            try await Deadline.patient.wait("the lock") { locker.logText.contains("locked") ? true : nil }
            async let denied = first.countersign(["approvals", "deny", id])
            try await Deadline.patient.wait("the no to arrive") {
                let list = try await first.countersign(["approvals", "list", "--all", "--json"]).checked().output
                return list.contains("\"state\":\"denied\"") ? true : nil
            }
            try await first.process.stop(SIGKILL)
            try await locker.stop(SIGKILL)
            _ = try await denied
            let second = try await GatewayProcess.run(first.configuration)
            let told = try await second.audit(["--kind", "approval.decided"]).contains {
                $0["approval", "state"] == "denied"
            }
            let list = try await second.countersign(["approvals", "list", "--all", "--json"]).checked().output
            #expect(list.contains("\"state\":\"approved\"") != told, "told: \(told), \(list)")
            try await second.countersign(["approvals", "deny", id]).checked()
            try await second.process.stop(SIGKILL)
            let third = try await GatewayProcess.run(first.configuration)
            async let again = third.psql(sql, as: "deploy")
            try await refuse(sql, third)
            #expect(try await again.status != 0)
            #expect(try await count(734...734) == "1")
            try await third.process.stop()
            let fourth = try await GatewayProcess.run(first.configuration)
            for (kind, reason) in [("change_set", JSONValue.null), ("command", "not in the set")] {
                let all = try await fourth.countersign(["approvals", "list", "--all", "--json"]).checked().output
                let listed = try all.split(separator: "\n").map { try JSONValue(parsing: $0) }
                let past = try #require(listed.first { $0["kind"] == .string(kind) }, "\(all)")
                let shown = try await fourth.countersign(["approvals", "show", past["id"].text ?? "", "--json"])
                #expect(try JSONValue(parsing: try shown.checked().output) == past)
                #expect(past["from_ledger"] == true && past["state"] == "denied", "\(past)")
                #expect(past["command", "text"].text?.contains("id = 734") == true)
                #expect(
                    (0..<2).contains {
                        past["answers"][$0]["answer"] == "deny" && past["answers"][$0]["reason"] == reason
                    }
                )
            }
            let late = try await fourth.countersign(["approvals", "approve", id])
            #expect(late.status == 1 && late.errors.contains("it is over: denied"), "\(late)")
            try await fourth.process.stop()
        }

        @Test(
            "A gateway that is killed while an approved statement runs does not run it twice, and its record says unknown"
        )
        func killedWhileRunning() async throws {
            let server = try await Testbed.shared.server
            let first = try await StandingChangeSetTests.makeGateway()
            let sql = "DELETE FROM public.orders WHERE id = 733"
            // The row is locked, so the statement is sent and cannot end.
            let locker = Command(
                try Machine.postgres("psql"),
                ["-X", "-q", "-c", "BEGIN; SELECT 1 FROM orders WHERE id = 733 FOR UPDATE; SELECT pg_sleep(3600)"],
                environment: server.environment(.superuser)
            )
            let locking = Task { try await locker.run() }
            try await Deadline.patient.wait("the lock") {
                try await server.query(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%id = 733 FOR UPDATE%' AND wait_event = 'PgSleep'"
                ) == "1" ? true : nil
            }
            _ = try await approved(sql, first)
            let running = Task { try await first.psql(sql, as: "deploy") }
            try await Deadline.patient.wait("the statement to wait for the lock") {
                try await server.query(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DELETE%733' AND wait_event_type = 'Lock'"
                ) == "1" ? true : nil
            }
            try await first.process.stop(SIGKILL)
            _ = try await running.value
            let gateway = try await GatewayProcess.run(first.configuration)
            let records = try await gateway.audit([]).filter { $0["command", "text"] == .string(sql) }
            #expect(records.count == 1)
            #expect(records.first?["outcome", "status"] == "unknown")
            async let again = gateway.psql(sql, as: "deploy")
            try await refuse(sql, gateway)
            #expect(try await again.status != 0)
            try await server.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            )
            _ = try await locking.value
            try await gateway.process.stop()
        }
    }
}
