import Foundation
import Testing

extension Integration {
    /// `countersign quickstart` as somebody meets it: started once, its lines pasted as they are.
    @Suite("Quickstart")
    struct QuickstartTests {
        @Test(
            "The printed lines, pasted into bash, show an UPDATE, a refusal, masks, a hold, the audit of all and an intact ledger"
        )
        func printedLines() async throws {
            let folder = try Leash.makeFolder("quickstart")
            let quickstart = try RunningQuickstart.start(in: folder)
            let lines = try await quickstart.printedLines()
            #expect(lines.count == 7)
            let results = try await quickstart.paste(lines)
            try #require(results.count == 7)
            try results[0].checked()
            #expect(results[0].errors.isEmpty)
            try #expect(results[1].checked().output == "UPDATE 1\n")
            #expect(results[2].errors.contains("ERROR:  42501: countersign: denied"))
            #expect(results[2].status == 1)
            #expect(results[2].errors.contains("denied: role nightly-reconcile may not delete from public.orders"))
            #expect(results[2].errors.contains("(record 0"))
            let customers = try results[3].checked().output
            #expect(customers.contains("***@example.com") && !customers.contains(".lind"), "\(customers)")
            #expect(customers.contains("***7717") && !customers.contains("4000 "), "\(customers)")
            let held = try results[4].checked()
            #expect(held.errors.contains("NOTICE:  countersign: held"), "\(held)")
            #expect(held.output.contains("approved: it runs now") && held.output.contains("UPDATE 1"), "\(held)")
            try check(audit: results[5].checked())
            try results[6].checked()

            let page = try await Command("curl", ["-sS", quickstart.loginLink()]).run().checked().output
            #expect(page.contains("local operator"), "\(page)")

            try await refuseSecond(beside: quickstart, port: #require(lines[1].firstMatch(of: /port=([0-9]+)/)?.1))
            let rows = try await quickstart.psql("SELECT status FROM public.orders WHERE id = 42")
            #expect(rows == "reconciled")
            #expect(try await quickstart.stop() == 0)

            let other = try RunningQuickstart.start(in: folder)
            _ = try await other.printedLines()
            #expect(try await other.psql("SELECT status FROM public.orders WHERE id = 42") == "reconciled")
            #expect(try await other.stop() == 0)
            try await tamper(folder, verify: lines[6], with: other)
        }

        @Test("After kill -9 the next start goes on with the same data")
        func killed() async throws {
            let folder = try Leash.makeFolder("quickstart")
            let quickstart = try RunningQuickstart.start(in: folder)
            let lines = try await quickstart.printedLines()
            _ = try await quickstart.paste(lines)
            try await quickstart.stop(SIGKILL)
            let next = try RunningQuickstart.start(in: folder)
            _ = try await next.printedLines()
            #expect(try await next.psql("SELECT status FROM public.orders WHERE id = 42") == "reconciled")
            try await next.paste([lines[6]])[0].checked()
            #expect(try await next.stop() == 0)
        }

        @Test("A port given twice is refused with the flag that chooses another, before anything is made")
        func portGivenTwice() async throws {
            let folder = try Leash.makeFolder("quickstart")
            let ports = try RunningQuickstart.ports()
            let result = try await Command(
                Machine.countersign,
                ["quickstart", "--data", folder.path(percentEncoded: false) + "/data"] + ports.dropLast(1) + [ports[1]]
            ).run()
            #expect(result.status == 1)
            #expect(result.errors.contains("port \(ports[1]) is given to the gateway and to the demo issuer"))
            #expect(result.errors.contains("--issuer-port"))
        }

        @Test("--fresh deletes no folder that a quickstart did not make")
        func foreignFolder() async throws {
            let folder = try Leash.makeFolder("foreign")
            let file = folder.appending(path: "thesis.txt")
            try Data("precious".utf8).write(to: file)
            let arguments = ["quickstart", "--fresh", "--data", folder.path(percentEncoded: false)]
            let result = try await Command(Machine.countersign, arguments).run()
            #expect(result.status == 1)
            #expect(result.errors.contains("no quickstart made it"))
            #expect(FileManager.default.fileExists(atPath: file.path(percentEncoded: false)))
        }

        // MARK: Checks

        /// Neither the folder nor a port is had twice.
        private func refuseSecond(beside quickstart: RunningQuickstart, port: Substring) async throws {
            let data = quickstart.folder.path(percentEncoded: false)
            let same = try await Command(Machine.countersign, ["quickstart", "--data", data + "/quickstart-data"]).run()
            #expect(same.status == 1)
            #expect(same.errors.contains("a quickstart runs in"))
            let arguments = ["quickstart", "--data", data + "/other", "--port", "\(port)"]
            let other = try await Command(Machine.countersign, arguments).run()
            #expect(other.status == 1)
            #expect(other.errors.contains("port \(port) for the gateway is in use: choose another with --port"))
        }

        /// One JSON object a line: of the commands of that commit, the UPDATE and the SELECT that ran, and the DELETE that
        /// was refused.
        private func check(audit: CommandResult) throws {
            let records = try audit.output.split(separator: "\n").map {
                try JSONValue(parsing: $0)
            }
            let commands = records.filter { $0["kind"] == "command" }
            #expect(commands.count == 4)
            let approved = try #require(commands.first { $0["approval"] != .null })
            #expect(approved["decision", "grant"] == "roles.nightly-reconcile.grants[0].hold.update")
            #expect(approved["outcome", "rows"] == 1)
            let update = try #require(
                commands.first { $0["decision", "grant"].text?.hasSuffix("allow.update") == true }
            )
            #expect(update["role"] == "nightly-reconcile")
            #expect(update["owner"] == "ana@example.com")
            #expect(update["principal", "issuer"] == "gitlab")
            #expect(update["provenance", "commit"] == "69a2c3d4e5f60718293a4b5c6d7e8f9011223344")
            #expect(update["provenance", "run"] == "1212")
            #expect(update["provenance", "triggered_by"] == "bo")
            #expect(update["target", "name"] == "orders-db")
            #expect(update["target", "user"] == "countersign_orders")
            #expect(update["decision", "grant"] == "roles.nightly-reconcile.grants[0].allow.update")
            #expect(update["outcome", "status"] == "ok")
            #expect(update["outcome", "rows"] == 1)
            let refused = commands.filter { $0["decision", "outcome"] == "deny" }
            #expect(refused.count == 1)
            let masked = commands.map { $0["masked"] }
            #expect(masked.contains(["public.customers.card_number", "public.customers.email"]))
            #expect(refused.allSatisfy { $0["outcome", "status"] == "denied" })
        }

        /// One byte of a segment is changed: verification fails and names the segment.
        private func tamper(_ folder: URL, verify line: String, with quickstart: RunningQuickstart) async throws {
            let ledger = folder.appending(path: "quickstart-data/ledger")
            let names = try FileManager.default.subpathsOfDirectory(atPath: ledger.path(percentEncoded: false))
            let needle = Data("public.orders".utf8)
            for name in names.sorted() {
                let file = ledger.appending(path: name)
                guard var bytes = try? Data(contentsOf: file), let range = bytes.range(of: needle) else { continue }
                bytes[range.lowerBound] = UInt8(ascii: "q")
                try bytes.write(to: file)
                let result = try await quickstart.paste([line])[0]
                #expect(result.status == 1)
                let segment = try #require(name.split(separator: "/").last)
                #expect((result.output + result.errors).contains(segment))
                return
            }
            Issue.record("no segment names the table: \(names)")
        }
    }
}
