import Foundation
import Testing

extension Integration {
    @Suite("Real clients work through the gateway as they do without it")
    struct ClientTests {
        @Test("psql runs a script with the same output, errors and catalog views, byte for byte")
        func psqlScript() async throws {
            let bed = try await Testbed.shared
            let psql = try Machine.postgres("psql")
            let arguments = ["-X", "-f", "script.sql"]
            func run(_ environment: [String: String]) async throws -> CommandResult {
                let command = "cd '\(Machine.clients.path(percentEncoded: false))' && exec \"$@\" 2>&1"
                return try await Command("sh", ["-c", command, "sh", psql] + arguments, environment: environment).run()
            }
            let direct = try await run(bed.server.environment(.orders))
            let through = try await run(bed.gateway.environment())
            #expect(direct.output.hasSuffix("done\n"))
            #expect(through.output == direct.output)
            #expect(through.status == direct.status)
        }

        @Test(
            "A driver's whole repertoire works",
            arguments: ["psycopg_client.py", "asyncpg_client.py", "pg8000_client.py", "sqlalchemy_client.py"]
        )
        func driver(script: String) async throws {
            let bed = try await Testbed.shared
            let result = try await Command(
                Machine.python,
                [Machine.client(script)],
                environment: bed.gateway.environment(),
                timeout: .seconds(600)
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result)")
        }

        @Test("The JDBC driver's whole repertoire works")
        func jdbc() async throws {
            let bed = try await Testbed.shared
            let result = try await Command(
                "java",
                ["-cp", "/usr/share/java/postgresql.jar", Machine.client("JdbcClient.java")],
                environment: bed.gateway.environment(),
                timeout: .seconds(600)
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result)")
        }

        @Test("Ctrl-C stops a watch and a query of psql, and the session goes on")
        func interrupt() async throws {
            let bed = try await Testbed.shared
            let result = try await Command(
                Machine.python,
                [Machine.client("watch_client.py"), Machine.postgres("psql")],
                environment: bed.gateway.environment()
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result)")
        }

        @Test("pg_dump writes the same dump, and pg_restore brings back the same database")
        func dumpAndRestore() async throws {
            let bed = try await Testbed.shared
            let file = try Leash.makeFolder("dump").appending(path: "orders.dump").path(percentEncoded: false)
            func dump(_ arguments: [String], _ environment: [String: String]) async throws -> String {
                let result = try await Command(Machine.postgres("pg_dump"), arguments, environment: environment).run()
                    .checked()
                // Newer releases guard a plain dump by a random word on two lines.
                return result.output.split(separator: "\n").filter { !$0.contains("restrict ") }.joined(separator: "\n")
            }
            let direct = try await dump([], bed.server.environment(.orders))
            let through = try await dump([], bed.gateway.environment())
            #expect(through == direct)
            #expect(direct.contains("COPY public.orders"))

            _ = try await dump(["-Fc", "-f", file], bed.gateway.environment())
            try await Command(
                Machine.postgres("pg_restore"),
                ["--exit-on-error", "--no-owner", "-d", "orders-db/restored", file],
                environment: bed.gateway.environment(database: "orders-db/restored")
            ).run().checked()
            let arguments = ["--no-owner", "--no-privileges"]
            let original = try await dump(arguments, bed.server.environment(.orders))
            let restored = try await dump(arguments, bed.server.environment(.orders, database: "restored"))
            #expect(restored == original)
        }

        @Test("pg_dump of one table needs the grants that the guide names, and no other")
        func dumpsWithLeastGrants() async throws {
            let bed = try await Testbed.shared
            let guide = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "docs/guides/postgresql.md")
            let text = try String(contentsOf: guide, encoding: .utf8)
            let block = try #require(text.firstMatch(of: /```yaml\n(- target: orders-db\n(?: .*\n)+)```/)?.output.1)
            // The column of the tests' table has a sequence of another name.
            let grant = block.replacing("orders_id_seq", with: "order_numbers").split(separator: "\n").map {
                "      " + $0
            }.joined(separator: "\n")
            let lines = grant.split(separator: "\n")
            func gateway(without word: String?) async throws -> GatewayProcess {
                let kept = lines.map { line in String(line).replacing("\(word ?? "?"), ", with: "") }
                    .filter { word != "execute" || !$0.contains("execute:") }
                return try await bed.makeGateway { configuration in
                    configuration.roles = """
                          nightly:
                            owner: ana@example.com
                            expires: 2099-01-01
                            bind: [{issuer: ci, claims: {project_id: "4711"}}]
                            grants:
                        \(kept.joined(separator: "\n"))
                        """
                }
            }
            func dump(_ environment: [String: String]) async throws -> CommandResult {
                try await Command(Machine.postgres("pg_dump"), ["-t", "public.orders"], environment: environment).run()
            }
            func content(_ result: CommandResult) throws -> [Substring] {
                try result.checked().output.split(separator: "\n").filter { !$0.contains("restrict ") }
            }
            let whole = try await gateway(without: nil)
            let through = try await dump(try whole.environment("nightly"))
            #expect(try content(through) == content(try await dump(bed.server.environment(.orders))))
            try await whole.process.stop()
            for word in ["public.orders", "execute"] {
                let less = try await gateway(without: word)
                let refused = try await dump(try less.environment("nightly"))
                #expect(refused.status == 1 && refused.errors.contains("countersign: denied"), "\(word): \(refused)")
                try await less.process.stop()
            }
        }

        @Test("pgbench fills its tables and runs its transactions", arguments: ["simple", "extended", "prepared"])
        func pgbench(mode: String) async throws {
            let bed = try await Testbed.shared
            let pgbench = try Machine.postgres("pgbench")
            let environment = try bed.gateway.environment(database: "orders-db/bench")
            try await Command(pgbench, ["-i", "-q", "-s", "1"], environment: environment).run().checked()
            let run = ["-n", "-M", mode, "-c", "4", "-j", "2", "-t", "100"]
            let result = try await Command(pgbench, run, environment: environment).run().checked()
            #expect(result.output.contains("number of transactions actually processed: 400/400"), "\(result)")
            let history = try await bed.server.query("SELECT count(*) FROM pgbench_history", database: "bench")
            #expect(history == "400")
        }
    }
}
