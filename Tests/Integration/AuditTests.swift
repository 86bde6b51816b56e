import Foundation
import Testing

extension Integration {
    @Suite("What the record says")
    struct AuditTests {
        @Test(
            "An allowed UPDATE runs, a DELETE that no grant covers is refused, and both are on record with all that matters"
        )
        func recordsBoth() async throws {
            let bed = try await Testbed.shared
            let commit = "0123456789abcdef0123456789abcdef01234567"
            let token = try bed.issuer.token(["sha": .string(commit)])
            let update = "UPDATE public.orders SET status = 'done' WHERE id = 901"
            let delete = "DELETE FROM public.orders WHERE id = 902"
            let allowed = try await bed.gateway.psql(update, as: "nightly", token: token)
            #expect(allowed.status == 0, "\(allowed)")
            let denied = try await bed.gateway.psql(delete, as: "nightly", token: token)
            #expect(denied.status != 0)
            #expect(
                denied.errors.contains(
                    "42501: countersign: denied: role nightly may not delete from public.orders (record "
                ),
                "\(denied)"
            )
            let rows = try await bed.server.query(
                "SELECT status FROM orders WHERE id = 901; SELECT count(*) FROM orders WHERE id = 902"
            )
            #expect(rows == "done\n1")

            let found = try await bed.gateway.audit(["--commit", commit])
            let commands = found.filter { $0["kind"] == "command" }
            let updated = try #require(commands.first { $0["command", "text"] == .string(update) })
            #expect(updated["decision", "outcome"] == "allow")
            #expect(updated["decision", "grant"] == "roles.nightly.grants[0].allow.update")
            #expect(updated["outcome", "status"] == "ok")
            #expect(updated["outcome", "rows"] == 1)
            #expect(
                updated["command", "effects"] == [
                    ["action": "select", "object": "public.orders", "columns": ["id"]],
                    ["action": "update", "object": "public.orders", "columns": ["status"]],
                ]
            )
            expectAttribution(of: updated, commit: commit)

            let refused = try #require(commands.first { $0["command", "text"] == .string(delete) })
            #expect(refused["decision", "outcome"] == "deny")
            #expect(refused["outcome", "status"] == "denied")
            let id = try #require(refused["id"].text)
            #expect(denied.errors.contains("(record \(id))"))
            expectAttribution(of: refused, commit: commit)
        }

        private func expectAttribution(of record: JSONValue, commit: String) {
            #expect(record["principal", "kind"] == "workload")
            #expect(record["principal", "issuer"] == "ci")
            #expect(record["principal", "subject"] == "project_path:finance/reconcile:ref_type:branch:ref:main")
            #expect(record["role"] == "nightly")
            #expect(record["owner"] == "ana@example.com")
            #expect(record["provenance", "pipeline"].text?.hasSuffix(".gitlab-ci.yml@refs/heads/main") == true)
            #expect(record["provenance", "run"] == "1212")
            #expect(record["provenance", "job"] == "5151")
            #expect(record["provenance", "repository"] == "finance/reconcile")
            #expect(record["provenance", "commit"] == .string(commit))
            #expect(record["provenance", "environment"] == "production")
            #expect(record["provenance", "trigger"] == "schedule")
            #expect(record["provenance", "triggered_by"] == "bo")
            #expect(record["provenance", "run_url"].text?.hasSuffix("/finance/reconcile/-/pipelines/1212") == true)
            #expect(record["source", "address"] == "127.0.0.1")
            #expect(record["source", "client"] == "psql")
            #expect(record["target", "name"] == "orders-db")
            #expect(record["target", "database"] == "orders")
            #expect(record["target", "user"] == "countersign_orders")
            #expect(record["decision", "policy"].text?.hasPrefix("sha256:") == true)
            #expect(record["approval"] == .null)
            #expect(record["masked"] == [])
        }

        @Test("A column that the grant does not name is refused")
        func refusesAColumn() async throws {
            let bed = try await Testbed.shared
            let result = try await bed.gateway.psql("UPDATE public.orders SET total = 0 WHERE id = 1", as: "nightly")
            #expect(
                result.errors.contains("42501: countersign: denied: role nightly may not update column total of"),
                "\(result)"
            )
        }

        @Test("Parameters are recorded with their values, the statement with its text")
        func recordsParameters() async throws {
            let bed = try await Testbed.shared
            let marker = "m\(UInt32.random(in: 0...UInt32.max))"
            let script =
                "import psycopg\nwith psycopg.connect() as c:\n"
                + "    c.execute('SELECT id FROM public.orders WHERE note = %s AND id = %s', ('\(marker)', 42))\n"
            try await Command(Machine.python, ["-c", script], environment: bed.gateway.environment()).run().checked()
            let found = try await bed.gateway.audit(["--text", "note", "--limit", "20"])
            let record = try #require(found.first { $0["command", "parameters"][0] == .string(marker) })
            #expect(record["command", "text"] == "SELECT id FROM public.orders WHERE note = $1 AND id = $2")
        }

        @Test("The ledger verifies while the gateway runs, and no longer once one byte is changed")
        func noticesAChangedByte() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            for number in 1...5 {
                try await gateway.psql("SELECT \(number) FROM public.orders WHERE id = \(number)").checked()
            }
            let live = try await gateway.countersign(["ledger", "verify"])
            #expect(live.status == 0, "\(live)")
            #expect(try await gateway.process.stop() == 0)
            try await gateway.countersign(["ledger", "verify"]).checked()

            let segments = gateway.configuration.data.appending(path: "ledger/segments")
            let names = try FileManager.default.contentsOfDirectory(atPath: segments.path(percentEncoded: false))
            let file = segments.appending(path: try #require(names.min()))
            var bytes = try Data(contentsOf: file)
            let place = try #require(bytes.range(of: Data("WHERE id = 3".utf8)))
            bytes[place.upperBound - 1] = UInt8(ascii: "4")
            try bytes.write(to: file)
            let changed = try await gateway.countersign(["ledger", "verify"])
            #expect(changed.status == 1)
            #expect((changed.output + changed.errors).contains(file.lastPathComponent), "it says where: \(changed)")
        }

        @Test("No token, no password of a target and no secret of a statement is in the ledger, the index or the log")
        func keepsSecretsOut() async throws {
            let bed = try await Testbed.shared
            let gateway = try await bed.makeGateway()
            let token = try bed.issuer.token()
            try await gateway.psql("SELECT 1", token: token).checked()
            _ = try await gateway.psql("ALTER ROLE countersign_orders PASSWORD 'hunter2hunter2'", token: token)
            _ = try await gateway.psql("SELECT 1", token: token + "x")
            try await gateway.process.stop()
            let signature = try #require(token.split(separator: ".").last).description
            for path in try files(below: gateway.configuration.data) {
                let bytes = try Data(contentsOf: path)
                for secret in [signature, PostgresUser.orders.password, "hunter2hunter2"] {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(path.lastPathComponent) holds a secret")
                }
            }
            #expect(!gateway.process.logText.contains(signature))
            #expect(!gateway.process.logText.contains("hunter2"))
        }

        private func files(below folder: URL) throws -> [URL] {
            let base = folder.path(percentEncoded: false)
            return try FileManager.default.subpathsOfDirectory(atPath: base).map { folder.appending(path: $0) }
                .filter {
                    try FileManager.default.attributesOfItem(atPath: $0.path(percentEncoded: false))[.type]
                        as? FileAttributeType == .typeRegular
                }
        }
    }
}
