import Foundation
import Testing

extension Integration {
    @Suite("The command line")
    struct CommandLineTests {
        @Test(
            "Help shows an example",
            arguments: [
                "init", "check", "serve", "quickstart", "evidence", "ledger prove", "ledger checkpoint", "login",
                "logout",
                "whoami", "login-link", "export status", "approvals", "approvals list", "approvals show",
                "approvals approve", "approvals deny", "audit digest", "audit", "audit search", "audit show",
                "audit tail", "audit export", "ledger", "ledger verify",
                "ledger key", "ledger key show", "ledger key rotate", "ledger erase",
                "sessions",
                "sessions list", "sessions show", "sessions kill", "reload", "status", "policy", "policy explain",
                "policy test", "policy catalog", "approvals request",
            ]
        )
        func helps(command: String) async throws {
            let result = try await run(words(command) + ["--help"])
            #expect(result.status == 0, "\(result)")
            #expect(result.output.contains(/Examples?:/), "\(result)")
        }

        /// Of nothing.
        private static let id = "01JD4Y9Q3K8TZ6V5W2X1R0P7NM"

        @Test("An id that is none is told with what one looks like")
        func describesIDs() async throws {
            let result = try await run(["audit", "show", "42"])
            #expect(result.status == 2)
            #expect(result.errors.contains("'42' is no id: one has 26 letters and digits"), "\(result)")
        }

        @Test("The reference has every kind of record")
        func documentsKinds() async throws {
            let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "docs/reference/cli.md")
            let text = try String(contentsOf: page, encoding: .utf8)
            let told = try await run(["audit", "search", "--kind", "nothing"])
            let kinds = told.errors.matches(of: /[a-z]+\.[a-z_]+/).map { String($0.output) }
            #expect(kinds.count >= 15, "\(told)")
            for kind in Set(kinds) { #expect(text.contains("`\(kind)`"), "\(kind)") }
        }

        @Test("What reads files alone says so where only a console is named")
        func needsFiles() async throws {
            let environment = ["COUNTERSIGN_URL": "https://a.example"]
            for command in ["ledger verify", "audit digest", "reload", "ledger key"] {
                let result = try await Command(Machine.countersign, words(command), environment: environment).run()
                #expect(result.status == 1 && result.errors.contains("on the gateway's machine"), "\(result)")
            }
        }

        @Test("Help of the quickstart's token names the folder, which is the quickstart's own option")
        func helpsWithTokens() async throws {
            let result = try await run(["quickstart", "token", "--help"]).checked()
            #expect(result.output.contains("\n  --data <data> "), "\(result)")
        }

        @Test(
            "A command line that cannot be understood exits with 2 and prints nothing on standard output",
            arguments: [
                "audit search --nope", "audit show", "audit show 42", "audit search --since yesterday",
                "audit search --until 2026-02-30", "audit search --kind outcome", "audit search --kind command,",
                "audit search --text !!", "audit search --action drink", "audit search --limit -1",
                "audit tail --lines 10001", "audit export --format xml", "ledger verify --data a --config b",
                "sessions kill x", "approvals request --file f --role r --target t --within 8d", "policy test",
                "policy explain --target t --sql s", "ledger prove x", "sessions show x", "approvals show x",
                "approvals approve x", "evidence --since never",
                "ledger verify --url https://a.example", "ledger key rotate --url https://a.example",
                "reload --url https://a.example",
                "audit digest --url https://a.example", "audit search --url https://a.example --data a", "nope",
                "policy explain --claims a --target t --sql s --url https://a.example --config b",
            ]
        )
        func refusesUsage(command: String) async throws {
            let result = try await run(words(command))
            #expect(result.status == 2, "\(result)")
            #expect(result.output.isEmpty, "\(result)")
            #expect(result.errors.contains("Usage:"), "\(result)")
        }

        @Test(
            "Without data, a ledger or a gateway a command exits with 1 and one line that says what to do",
            arguments: [
                ("audit search", "--data DIR"), ("ledger verify --data /nonexistent", "does not exist"),
                ("audit export --data FOLDER", "no ledger in"), ("ledger verify --data FOLDER", "no ledger in"),
                ("status --data FOLDER", "countersign serve"), ("sessions list --data FOLDER", "countersign serve"),
                ("reload --data FOLDER", "countersign serve"), ("status --config /nonexistent", "cannot be read"),
                ("audit show \(CommandLineTests.id) --data FOLDER", "no ledger in"),
                ("audit tail --data FOLDER", "no ledger in"),
                ("ledger prove \(CommandLineTests.id) --out FOLDER/a --data FOLDER", "no ledger in"),
                ("evidence --out FOLDER/a --data FOLDER", "no ledger in"), ("ledger key --data FOLDER", "no key yet"),
                ("ledger checkpoint --data FOLDER", "no ledger in"),
                ("sessions show \(CommandLineTests.id) --data FOLDER", "no ledger in"),
                ("sessions kill \(CommandLineTests.id) --data FOLDER", "serve"),
                ("approvals list --data FOLDER", "countersign serve"),
                ("approvals show \(CommandLineTests.id) --data FOLDER", "serve"),
                ("login-link --data FOLDER", "countersign serve"), ("check --config /nonexistent", "cannot be read"),
                ("serve --config /nonexistent", "cannot be read"), ("policy test /nonexistent", "/nonexistent"),
                ("whoami --url https://a.example", "not logged in"), ("login --url http://a.example", "https alone"),
                ("audit search --url ftp://a", "https alone"),
                ("audit search --url https://a.example", "not logged in"),
                ("policy explain --claims a --target t --sql s --config /nonexistent", "cannot be read"),
            ]
        )
        func fails(command: String, hint: String) async throws {
            let folder = try Leash.makeFolder("empty").path(percentEncoded: false)
            let result = try await run(words(command.replacing("FOLDER", with: folder)))
            #expect(result.status == 1, "\(result)")
            #expect(result.output.isEmpty, "\(result)")
            #expect(result.errors.split(separator: "\n").count == 1, "\(result)")
            #expect(result.errors.contains(hint), "\(result)")
        }

        @Test("Filters narrow a search, and what they narrow it to is what was done")
        func searches() async throws {
            let gateway = try await workedGateway()
            func statements(_ filters: String) async throws -> [String] {
                try await gateway.audit(words(filters)).compactMap { $0["command", "text"].text }
            }
            let all = [Work.delete, Work.update, Work.select]
            #expect(try await statements("") == all)
            #expect(try await statements("--oldest-first") == all.reversed())
            #expect(try await statements("--limit 1") == [Work.delete])
            #expect(try await statements("--decision deny --role nightly --owner ana@example.com") == [Work.delete])
            #expect(try await statements("--object public.* --action update") == [Work.update])
            #expect(try await statements("--object public.customers").isEmpty)
            #expect(try await statements("--text status --since 1h") == [Work.update])
            #expect(try await statements("--until 1h").isEmpty)
            #expect(try await statements("--since 2000-01-01 --until 2099-12-31 --target orders-db") == all)
            #expect(try await statements("--run 1212 --commit \(TestIssuer.commit) --triggered-by bo") == all)
            #expect(try await statements("--commit 0000").isEmpty)
            let kinds = try await gateway.audit(["--kind", "all", "--oldest-first"]).compactMap { $0["kind"].text }
            #expect(kinds.first == "gateway.started")
            #expect(kinds.count { $0 == "session.opened" } == 3)
            #expect(!kinds.contains("outcome"), "an outcome is part of its command")

            let first = try #require(try await gateway.audit(["--limit", "1"]).first)
            guard case .integer(let index) = first["index"] else { throw HarnessError("no index") }
            #expect(try await statements("--after \(index)") == Array(all.dropFirst()))
            try await gateway.process.stop()
        }

        @Test("A record and a session are shown with all that they hold, and harmless to the terminal")
        func shows() async throws {
            let gateway = try await workedGateway()
            let hostile = "SELECT '\u{1B}[31m\u{202E}red' FROM public.orders WHERE id = 1"
            try await gateway.psql(hostile, as: "nightly").checked()
            let record = try #require(try await gateway.audit(["--limit", "1"]).first)
            let id = try #require(record["id"].text)
            let shown = try await gateway.countersign(["audit", "show", id]).checked().output
            for part in [
                "finance/reconcile", TestIssuer.commit, "ana@example.com", "select public.orders", "outcome.status",
            ] {
                #expect(shown.contains(part), "\(shown)")
            }
            #expect(shown.contains("\\u{1B}[31m\\u{202E}red"), "\(shown)")
            // Who, what, when and how it was decided; the statement; what programs need.
            let order = [
                "  time ", "  role ", "decision.outcome", "command.effects", "SELECT", "commit", "decision.policy",
            ]
            let places = order.compactMap { shown.range(of: $0)?.lowerBound }
            #expect(places.count == order.count && places == places.sorted(), "\(shown)")
            let table = try await gateway.countersign(["audit", "search"]).checked().output
            #expect(!(shown + table).unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
            let object = try await gateway.countersign(["audit", "show", "--json", id]).checked().output
            #expect(try JSONValue(parsing: object) == record)

            let session = try #require(record["session"].text)
            for command in [["audit", "show"], ["sessions", "show"]] {
                let told = try await gateway.countersign(command + [session, "--json"]).checked().output
                let kinds = try told.split(separator: "\n").compactMap { try JSONValue(parsing: $0)["kind"].text }
                #expect(kinds == ["session.opened", "command", "session.closed"])
            }
            try await gateway.process.stop()
        }

        @Test("An export is every record in order, in a file of its owner's alone")
        func exports() async throws {
            let gateway = try await workedGateway()
            let file = gateway.configuration.folder.appending(path: "export.jsonl").path(percentEncoded: false)
            try await gateway.countersign(["audit", "export", "--out", file]).checked()
            let all = try await gateway.countersign(
                ["audit", "search", "--json", "--kind", "all", "--oldest-first", "--limit", "0"]
            ).checked().output
            #expect(try String(contentsOfFile: file, encoding: .utf8) == all)
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let failed = try await gateway.countersign(["audit", "export", "--out", file + "/x"])
            #expect(failed.status == 1, "\(failed)")
            try await gateway.process.stop()
        }

        @Test("tail -f tells each command once, with its outcome")
        func follows() async throws {
            let gateway = try await workedGateway()
            let data = gateway.configuration.data.path(percentEncoded: false)
            let log = gateway.configuration.folder.appending(path: "tail.log")
            let tail = try ChildProcess(
                Machine.countersign,
                ["audit", "tail", "-f", "-n", "1", "--json", "--data", data],
                log: log
            )
            func told() throws -> [JSONValue] {
                // A line may be read while it is being written.
                try tail.logText.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
                    try JSONValue(parsing: $0)
                }
            }
            try await Deadline.patient.wait("the last record") { try told().isEmpty ? nil : true }
            try await gateway.psql("SELECT 7 FROM public.orders WHERE id = 7", as: "nightly").checked()
            try await Deadline.patient.wait("the new record") { try told().count > 1 ? true : nil }
            let records = try told()
            #expect(records.count == 2)
            #expect(records[0]["command", "text"] == .string(Work.delete))
            #expect(records[1]["outcome", "status"] == "ok")
            try await tail.stop(SIGKILL)
            try await gateway.process.stop()
        }

        @Test("A search in a ledger that is damaged prints what can be read, and exits with 1")
        func saysWhatIsMissing() async throws {
            let gateway = try await workedGateway()
            #expect(try await gateway.process.stop() == 0)
            let data = gateway.configuration.data
            for name in try FileManager.default.contentsOfDirectory(atPath: data.path(percentEncoded: false))
            where name.hasPrefix("index.sqlite") {
                try FileManager.default.removeItem(at: data.appending(path: name))
            }
            let segment = data.appending(path: "ledger/segments/00000000000000000000.segment")
            var bytes = try Data(contentsOf: segment)
            let place = try #require(bytes.range(of: Data("DELETE FROM".utf8)))
            bytes[place.lowerBound] ^= 1
            try bytes.write(to: segment)
            let result = try await gateway.countersign(["audit", "search", "--json"])
            #expect(result.status == 1, "\(result)")
            #expect(result.output.contains("UPDATE public.orders"))
            #expect(!result.output.contains("ELETE FROM"))
            // Whether a record is missing cannot be known of what stands behind the damage.
            for command in [["ledger", "prove", "--out", "/dev/null"], ["audit", "show"], ["sessions", "show"]] {
                let asked = try await gateway.countersign(command + [CommandLineTests.id])
                #expect(asked.status == 1 && asked.errors.contains("countersign ledger verify"), "\(asked)")
            }
            #expect(result.errors.contains("countersign ledger verify"), "\(result)")
        }

        @Test("The policy explains itself and holds its tests without a gateway")
        func explains() async throws {
            let bed = try await Testbed.shared
            let configuration = try GatewayConfiguration(server: bed.server, issuer: bed.issuer)
            try await configuration.write()
            let folder = configuration.folder
            try JSONValue.object(bed.issuer.claims()).compact.write(to: folder.appending(path: "job.json"))
            let config = configuration.file.path(percentEncoded: false)
            let claims = folder.appending(path: "job.json").path(percentEncoded: false)
            let explain = [
                "policy", "explain", "--json", "--config", config, "--claims", claims, "--target", "orders-db",
                "--user",
                "nightly", "--sql",
            ]
            let denied = try JSONValue(parsing: try await run(explain + ["DELETE FROM orders"]).checked().output)
            #expect(denied["outcome"] == "deny")
            #expect(denied["effects"][0]["wanted"] == "delete: [public.orders]")
            let allowed = try JSONValue(
                parsing: try await run(explain + ["UPDATE orders SET status = ''"]).checked().output
            )
            #expect(allowed["grant"] == "roles.nightly.grants[0].allow.update")

            let tests = folder.appending(path: "tests.yaml")
            let cases = """
                config: countersign.yaml
                cases:
                  - {claims: job.json, target: orders-db, user: nightly, sql: DELETE FROM orders, expect: deny, obligations: {}}
                  - {claims: {iss: "\(bed.issuer.url)"}, target: orders-db, sql: SELECT 1, expect: refused}
                """
            try cases.write(to: tests, atomically: true, encoding: .utf8)
            let path = tests.path(percentEncoded: false)
            try await run(["policy", "test", path]).checked()
            try cases.replacing("deny", with: "allow").write(to: tests, atomically: true, encoding: .utf8)
            let failed = try await run(["policy", "test", path])
            #expect(failed.status == 1)
            #expect(failed.output.contains("tests.yaml:3: "), "\(failed)")
            try cases.replacing("expect:", with: "expects:").write(to: tests, atomically: true, encoding: .utf8)
            #expect(try await run(["policy", "test", path]).errors.contains("unknown key `expects`"))
            try cases.replacing("{}", with: "{rows_changed: 5}").write(to: tests, atomically: true, encoding: .utf8)
            let owing = try await run(["policy", "test", path])
            #expect(owing.status == 1)
            #expect(owing.output.contains("rows_changed: 5"), "\(owing)")
        }

        @Test("With a database's catalog, columns are told apart and masks that hide nothing are found")
        func knowsCatalog() async throws {
            let bed = try await Testbed.shared
            var configuration = try GatewayConfiguration(server: bed.server, issuer: bed.issuer)
            configuration.roles += """

                  careful:
                    owner: ana@example.com
                    expires: 2099-01-01
                    bind: [{issuer: ci, claims: {project_id: "4711"}}]
                    grants:
                      - target: orders-db
                        allow: {select: ["public.orders(id)", public.gone]}
                        mask: {public.customers.fax: redact}
                """
            try await configuration.write()
            let folder = configuration.folder.path(percentEncoded: false)
            try JSONValue.object(bed.issuer.claims()).compact.write(
                to: configuration.folder.appending(path: "job.json")
            )
            let question = try await run(["policy", "catalog"]).checked().output
            let catalog = try await bed.server.query(question, as: .orders) + "\n"
            try catalog.write(toFile: folder + "/orders.catalog", atomically: true, encoding: .utf8)
            let config = configuration.file.path(percentEncoded: false)
            func explain(_ sql: String, _ file: String = "/orders.catalog") async throws -> CommandResult {
                try await run([
                    "policy", "explain", "--json", "--config", config, "--claims", folder + "/job.json", "--target",
                    "orders-db", "--user", "careful", "--catalog", folder + file, "--sql", sql,
                ])
            }
            #expect(
                try JSONValue(parsing: await explain("SELECT o.id FROM orders o").checked().output)["outcome"]
                    == "allow"
            )
            let denied = try JSONValue(parsing: await explain("SELECT * FROM orders").checked().output)
            #expect(denied["outcome"] == "deny")
            #expect(try await explain("SELECT nothing FROM orders").output.contains("not known"))

            let lint = try await run(["check", "--config", config, "--catalog", "orders-db=\(folder)/orders.catalog"])
            #expect(lint.output.contains("`public.customers.fax` hides nothing"), "\(lint)")
            #expect(lint.output.contains("has no relation public.gone"), "\(lint)")

            let half = String(catalog.prefix(catalog.count / 2))
            try half.write(toFile: folder + "/half.catalog", atomically: true, encoding: .utf8)
            let cut = try await explain("SELECT 1", "/half.catalog")
            #expect(cut.status == 1 && cut.errors.contains("not a whole catalog"), "\(cut)")
        }

        // MARK: What the tests share

        private enum Work {
            static let select = "SELECT id FROM public.orders WHERE id = 11"
            static let update = "UPDATE public.orders SET status = 'done' WHERE id = 12"
            static let delete = "DELETE FROM public.orders WHERE id = 13"
        }

        /// A gateway that has seen a read, a change and a refusal.
        private func workedGateway() async throws -> GatewayProcess {
            let gateway = try await Testbed.shared.makeGateway()
            try await gateway.psql(Work.select, as: "nightly").checked()
            try await gateway.psql(Work.update, as: "nightly").checked()
            let denied = try await gateway.psql(Work.delete, as: "nightly")
            #expect(denied.errors.contains("42501"), "\(denied)")
            return gateway
        }

        private func words(_ text: String) -> [String] {
            text.split(separator: " ").map(String.init)
        }

        private func run(_ arguments: [String]) async throws -> CommandResult {
            try await Command(Machine.countersign, arguments).run()
        }
    }
}
