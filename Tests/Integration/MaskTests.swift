import Foundation
import Testing

extension Integration {
    @Suite("A masked column is read as its mask, wherever a statement reads it")
    struct MaskTests {
        /// Runs as a role that reads customers with masks; the rows, or the error.
        private func run(_ sql: String) async throws -> CommandResult {
            try await Testbed.shared.gateway.psql(sql, as: "masked")
        }

        @Test(
            "What a client sees is masked",
            arguments: [
                ("SELECT email FROM public.customers WHERE id = 1", "c***@example.com"),
                ("TABLE public.customers LIMIT 0", ""),
                (
                    "SELECT length(card_number), card_number ~ '^[0-9a-f]*$' FROM public.customers WHERE id = 1",
                    "32|t"
                ),
                ("SELECT count(*) FROM public.customers WHERE email LIKE 'customer%'", "0"),
                ("SELECT count(*) FROM public.customers WHERE email = 'customer1@example.com'", "0"),
                ("SELECT to_json(c)->>'email' FROM public.customers c WHERE id = 1", "c***@example.com"),
                ("SELECT max(c.email) FROM public.customers c WHERE c.id < 10", "c***@example.com"),
                ("WITH x AS (SELECT * FROM public.customers) SELECT email FROM x WHERE id = 1", "c***@example.com"),
                ("COPY (SELECT email FROM public.customers WHERE id = 1) TO STDOUT", "c***@example.com"),
                ("SELECT email FROM public.customers WHERE id IN (1, 2) ORDER BY email LIMIT 1", "c***@example.com"),
                (
                    "PREPARE p AS SELECT email FROM public.customers WHERE id = $1; EXECUTE p(1)",
                    "c***@example.com"
                ),
                (
                    "BEGIN; DECLARE c CURSOR FOR SELECT email FROM public.customers WHERE id = 1; FETCH c; COMMIT",
                    "c***@example.com"
                ),
            ]
        )
        func seen(sql: String, expected: String) async throws {
            let result = try await run(sql)
            let rows = result.output.trimmingCharacters(in: .newlines)
            #expect(rows == expected, "\(result)")
            #expect(!"\(result)".contains("customer1@"))
        }

        @Test(
            "What could show a value is refused, and so are its words",
            arguments: [
                ("SELECT email::integer FROM public.customers WHERE id = 1", "withheld"),
                ("SELECT 1 / (CASE WHEN email LIKE 'c%' THEN 0 ELSE 1 END) FROM public.customers", "withheld"),
                ("UPDATE public.customers SET name = email WHERE id = 1", "masked column email"),
                ("UPDATE public.customers SET name = 'x' WHERE email LIKE 'customer%'", "masked column email"),
                ("SELECT most_common_vals FROM pg_catalog.pg_stats", "pg_stats"),
                ("EXPLAIN SELECT * FROM public.customers", "plan"),
                ("SELECT current_setting('countersign.mask_inner')", "belongs to the masks"),
                ("SHOW countersign.mask_inner", "mask_inner"),
                ("CREATE VIEW public.leak AS SELECT email FROM public.customers", "masked"),
            ]
        )
        func refused(sql: String, words: String) async throws {
            let result = try await run(sql)
            #expect(result.errors.contains("ERROR"), "\(result)")
            #expect(result.errors.contains(words), "\(result)")
            #expect(!"\(result)".contains("customer1@"))
        }

        @Test("Long texts, and prepared statements of a driver, are masked too", arguments: [0, 3000, 40_000])
        func long(length: Int) async throws {
            let bed = try await Testbed.shared
            let filler = String(repeating: " ", count: length)
            let result = try await run("SELECT\(filler) email FROM public.customers WHERE id = 1")
            #expect(result.output == "c***@example.com\n", "\(result)")
            let script = """
                import asyncio, asyncpg, os
                async def main():
                    c = await asyncpg.connect()
                    text = "SELECT" + " " * \(length) + " email FROM public.customers WHERE id = $1"
                    statement = await c.prepare(text)
                    for n in (1, 2):
                        print(await statement.fetchval(n))
                    try:
                        await c.fetchval("SELECT email::integer FROM public.customers WHERE id = $1", 1)
                    except asyncpg.PostgresError as error:
                        print(error.sqlstate, "customer" in str(error))
                    await c.close()
                asyncio.run(main())
                """
            let driver = try await Command(
                Machine.python,
                ["-c", script],
                environment: bed.gateway.environment("masked")
            ).run()
            #expect(driver.output == "c***@example.com\nc***@example.com\n22P02 False\n", "\(driver)")
        }

        @Test("A view that shows a masked column is refused, also where it does so by a whole row alone")
        func views() async throws {
            let bed = try await Testbed.shared
            _ = try await bed.server.query(
                """
                CREATE SCHEMA views;
                CREATE VIEW views.named AS SELECT id, email FROM public.customers;
                CREATE VIEW views.whole AS SELECT c.id, to_json(c) AS all_of_it FROM public.customers c;
                CREATE VIEW views.behind AS SELECT all_of_it FROM views.whole;
                CREATE VIEW views.harmless AS SELECT id, name FROM public.customers;
                GRANT USAGE ON SCHEMA views TO PUBLIC;
                GRANT SELECT ON ALL TABLES IN SCHEMA views TO PUBLIC;
                """
            )
            for view in ["named", "whole", "behind"] {
                let result = try await run("SELECT * FROM views.\(view) WHERE true LIMIT 1")
                #expect(result.errors.contains("views.\(view)"), "\(result)")
                #expect(result.status != 0 && !"\(result)".contains("customer1@"))
            }
            #expect(try await run("SELECT id FROM views.harmless WHERE id = 1").output == "1\n")
            _ = try await bed.server.query("DROP SCHEMA views CASCADE")
        }

        @Test("Rows are grouped by the primary key of a masked relation as by its columns")
        func grouped() async throws {
            let result = try await run(
                "SELECT c.id, c.email, count(*) FROM public.customers c WHERE id = 1 GROUP BY c.id"
            )
            #expect(result.output == "1|c***@example.com|1\n", "\(result)")
        }

        @Test("The place of an error is that of the text that the client wrote")
        func position() async throws {
            let result = try await run("SELECT email, substr(id) FROM public.customers c WHERE c.id = 1")
            #expect(result.errors.contains("LINE 1: SELECT email, substr(id)"), "\(result)")
            let column = "SELECT email, substr(id) FROM public.customers c WHERE substr(c.id) = 1"
            #expect(try await run(column).errors.contains("\n                      ^"))
        }

        @Test("The record has the text as it was written, and says which columns were masked")
        func recorded() async throws {
            let bed = try await Testbed.shared
            let sql = "SELECT email AS m\(UInt32.random(in: 0...UInt32.max)) FROM public.customers WHERE id = 1"
            let result = try await run(sql)
            #expect(result.output.contains("c***@example.com"), "\(result)")
            let record = try #require(try await bed.gateway.audit(["--text", sql]).first)
            #expect(record["command", "text"] == .string(sql))
            #expect(record["masked"] == ["public.customers.card_number", "public.customers.email"])
            #expect(
                record["command", "effects"] == [
                    ["action": "select", "object": "public.customers", "columns": ["email", "id"]]
                ]
            )
        }
    }
}
