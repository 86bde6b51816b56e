import Foundation
import Testing

extension Integration {
    @Suite("Faults")
    struct FaultTests {
        @Test(
            "After kill -9 under load the ledger verifies, and everything that the target committed is in it",
            arguments: [1, 150, 700]
        )
        func killed(rows: Int) async throws {
            let bed = try await Testbed.shared
            let table = "marks_\(rows)"
            try await bed.server.query(
                "DROP TABLE IF EXISTS \(table); CREATE TABLE \(table) (mark bigint)",
                as: .orders
            )
            let killed = try await bed.makeGateway { $0.changesOnDisk = true }
            let script = try Leash.makeFolder("pgbench").appending(path: "marks.sql")
            try "\\set mark random(1, 9000000000000000)\nINSERT INTO public.\(table) VALUES (:mark);\n"
                .write(to: script, atomically: true, encoding: .utf8)
            let arguments = ["-n", "-c", "4", "-T", "280", "-f", script.path(percentEncoded: false)]
            let load = Command(try Machine.postgres("pgbench"), arguments, environment: try killed.environment())
            async let loaded = load.run()
            try await Deadline.patient.wait("\(rows) rows") {
                Int(try await bed.server.query("SELECT count(*) FROM \(table)")) ?? 0 >= rows ? true : nil
            }
            try await killed.process.stop(SIGKILL)
            #expect(try await loaded.status != 0)

            let gateway = try await GatewayProcess.run(killed.configuration)
            try await gateway.countersign(["ledger", "verify"]).checked()
            let exported = try await gateway.countersign(["audit", "export"]).checked().output
            let recorded = Set(exported.matches(of: /INSERT INTO public\.\w+ VALUES \((\d+)\)/).map { String($0.1) })
            // A back end may still be committing what it had been sent.
            try await waitUntilQuiet(bed.server, table)
            let committed = try await bed.server.query("SELECT mark FROM \(table)").split(separator: "\n").map(
                String.init
            )
            #expect(committed.count >= rows)
            #expect(committed.filter { !recorded.contains($0) } == [])
            try await gateway.psql("INSERT INTO public.\(table) VALUES (0)").checked()
            try await gateway.process.stop()
            try await gateway.countersign(["ledger", "verify"]).checked()
        }

        private func waitUntilQuiet(_ server: PostgresServer, _ table: String) async throws {
            try await Deadline.patient.wait("the back ends of the killed gateway to end") {
                let sql =
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'cs:%' AND query LIKE '%\(table)%'"
                return try await server.query(sql) == "0" ? true : nil
            }
        }

        @Test("A command whose outcome was lost is shown as unknown, never hidden")
        func unknownOutcome() async throws {
            let bed = try await Testbed.shared
            let killed = try await bed.makeGateway()
            async let running = killed.psql("SELECT pg_sleep(3600) AS lost")
            try await Deadline.patient.wait("the query to run") {
                let sql =
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%AS lost%' AND application_name LIKE 'cs:%'"
                return try await bed.server.query(sql) == "0" ? nil : true
            }
            try await killed.process.stop(SIGKILL)
            #expect(try await running.status == 2)
            let gateway = try await GatewayProcess.run(killed.configuration)
            let found = try await gateway.audit(["--text", "lost"])
            #expect(found.contains { $0["outcome", "status"] == "unknown" }, "\(found)")
            try await gateway.process.stop()
        }

        @Test(
            "On a full disk commands are refused and none is executed, and service resumes with space",
            .enabled(if: geteuid() == 0 && TemporaryFileSystem.canMount, "mounting a small file system needs root")
        )
        func fullDisk() async throws {
            let bed = try await Testbed.shared
            try await bed.server.query(
                "DROP TABLE IF EXISTS disk_marks; CREATE TABLE disk_marks (mark int)",
                as: .orders
            )
            let disk = try await TemporaryFileSystem.mount(megabytes: 24)
            let gateway = try await bed.makeGateway {
                $0.data = disk.folder.appending(path: "data")
                $0.smallLedger = true
            }
            try await gateway.psql("INSERT INTO public.disk_marks VALUES (0)").checked()
            try await disk.fill()
            // The space that is prepared ahead serves some more commands; then one is refused, and no later one runs.
            let note = String(repeating: "x", count: 20_000)
            // One session sends more than that, so that it is a command that meets the end of it.
            let refused = try await Deadline.patient.wait("a refusal") { () -> CommandResult? in
                let sql = "SELECT '\(note)';\n"
                let result = try await gateway.psql(String(repeating: sql, count: 400))
                return result.status == 0 ? nil : result
            }
            // Where the free space is looked at before the session begins, the session is refused, in the same words.
            #expect(
                refused.errors.contains("58030") || refused.errors.contains("its record could not be written"),
                "\(refused)"
            )
            let insert = try await gateway.psql("INSERT INTO public.disk_marks VALUES (1)")
            #expect(insert.status != 0, "\(insert)")
            #expect(try await bed.server.query("SELECT count(*) FROM disk_marks WHERE mark = 1") == "0")
            #expect(try await gateway.console("/readyz").status == 503)
            #expect(try await gateway.console("/healthz").status == 200)

            try disk.free()
            try await Deadline.patient.wait("service to resume") {
                try await gateway.psql("INSERT INTO public.disk_marks VALUES (2)").status == 0 ? true : nil
            }
            #expect(try await gateway.console("/readyz").status == 200)
            try await gateway.process.stop()
            try await gateway.countersign(["ledger", "verify"]).checked()
            try await disk.unmount()
        }
    }
}
