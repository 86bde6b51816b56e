import Foundation
import Testing

extension Integration {
    @Suite("What a grant obliges to is done, against a real server")
    struct ObligationTests {
        private static let made = Task {
            let server = try await Testbed.shared.server
            _ = try await server.query(
                """
                CREATE SCHEMA bounded;
                CREATE TABLE bounded.t (id integer PRIMARY KEY, note text);
                CREATE TABLE bounded.t_late (id integer UNIQUE DEFERRABLE INITIALLY DEFERRED);
                CREATE TABLE bounded.values (id integer, note text, data jsonb, tags text[], number bigint);
                INSERT INTO bounded.values VALUES
                    (1, 'pay 4111 1111 1111 1111, thanks', '{"card": 4111111111111111}', '{4111111111111111}',
                     4111111111111111),
                    (2, 'ana@example.com, GB82 WEST 1234 5698 7654 32', '{}', '{}', 2);
                """,
                as: .orders
            )
        }

        private func gateway() async throws -> GatewayProcess {
            try await Self.made.value
            return try await Testbed.shared.gateway
        }

        @Test("No transaction commits in which more rows were changed than the limit, whatever protocol shape it has")
        func changes() async throws {
            let gateway = try await gateway()
            let result = try await Command(
                Machine.python,
                [Machine.client("changes_client.py"), "bounded.t"],
                environment: gateway.environment("bounded"),
                timeout: .seconds(120)
            ).run()
            #expect(result.status == 0 && result.output == "ok\n", "\(result)")
            let refused = try await gateway.audit(["--role", "bounded", "--text", "INSERT"])
            #expect(refused.contains { $0["outcome"]["limit"].text == "rows_changed" })
        }

        @Test("psql sees a bounded change as it would see it without the bound")
        func psql() async throws {
            let gateway = try await gateway()
            let sql = """
                \\set QUIET off
                \\set ON_ERROR_STOP 0
                CREATE TEMPORARY TABLE k (id integer);
                INSERT INTO bounded.t VALUES (900, 'a'), (901, 'b') RETURNING id;
                UPDATE bounded.t SET note = 'c' WHERE id >= 900 \\; SELECT 7;
                DELETE FROM bounded.t WHERE id >= 900;
                SELECT 8;

                """
            let result = try await gateway.psql(sql, as: "bounded")
            let lines = result.output.split(separator: "\n").map(String.init)
            let expected = ["CREATE TABLE", "900", "901", "INSERT 0 2", "UPDATE 2", "7", "DELETE 2", "8"]
            #expect(lines == expected, "\(result)")
        }

        @Test("Values are found in rows, JSON, arrays and COPY data; numbers are left alone")
        func detectors() async throws {
            let gateway = try await gateway()
            let sql = """
                SELECT note, data, tags, number FROM bounded.values WHERE id = 1;
                COPY bounded.values TO STDOUT;
                SELECT note::integer FROM bounded.values WHERE id = 1;

                """
            let result = try await gateway.psql(sql, as: "searched")
            let lines = result.output.split(separator: "\n").map(String.init)
            #expect(
                lines.first
                    == #"pay [redacted: card], thanks|{"card": "[redacted: card]"}|{[redacted: card]}|4111111111111111"#,
                "\(result)"
            )
            #expect(lines.last == "2\tana@example.com, [redacted: iban]\t{}\t{}\t2", "\(result)")
            #expect(result.errors.contains("pay [redacted: card], thanks"), "\(result)")
            #expect(!result.errors.contains("4111 1111"))
            let found = try await gateway.audit(["--role", "searched", "--text", "note"])
            let detected = found.compactMap { $0["outcome"]["detected"][0]["count"] }
            #expect(detected.contains(3), "\(found)")
            #expect(found.allSatisfy { !"\($0)".contains("4111 1111") })
        }

        @Test("A role's literals are nowhere in the ledger, in what is searched, or in what is shown")
        func literals() async throws {
            let gateway = try await gateway()
            let canary = "canary-of-literals"
            let sql = """
                \\set ON_ERROR_STOP 0
                INSERT INTO bounded.values (id, note) VALUES (7, '\(canary)');
                SELECT id FROM bounded.values WHERE note = '\(canary)';
                PREPARE p(text) AS SELECT id FROM bounded.values WHERE note = $1;
                EXECUTE p('\(canary)');
                SELECT '\(canary)'::integer;
                SELEC '\(canary)';
                SELECT '\(String(repeating: "x", count: 40_000))\(canary)';

                """
            let result = try await gateway.psql(sql, as: "quiet")
            #expect(result.output == "7\n7\n" || result.output.contains("7"), "\(result)")
            let found = try await gateway.audit(["--role", "quiet"])
            #expect(found.count >= 7)
            let folder = gateway.configuration.data.path(percentEncoded: false)
            let search = try await Command("grep", ["-rlaF", canary, folder]).run()
            #expect(search.status == 1 && search.output.isEmpty, "\(search)")
            #expect(found.contains { $0["command"]["text"].text == "EXECUTE p('…');" })
            // A suspected text is confirmed by who has the key.
            let text = "SELECT id FROM bounded.values WHERE note = '\(canary)';"
            let digest = try await Command(
                Machine.countersign,
                ["audit", "digest", "--data", folder],
                input: text
            ).run().checked().output.trimmingCharacters(in: .newlines)
            #expect(found.contains { $0["command"]["hmac_sha256"].text == digest }, "\(digest)")
        }
    }
}
