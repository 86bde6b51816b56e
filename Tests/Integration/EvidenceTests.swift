import Foundation
import Testing

extension Integration {
    @Suite("Evidence that an auditor verifies alone")
    struct EvidenceTests {
        /// `countersign-verify`, beside the gateway's program.
        private static let verifier = Machine.countersign + "-verify"

        private func verify(_ arguments: String...) async throws -> CommandResult {
            // No data directory, no configuration, no gateway: an empty folder on another machine would do.
            try await Command(EvidenceTests.verifier, arguments).run()
        }

        private func python(_ arguments: String...) async throws -> CommandResult {
            try await Command(Machine.python, [Machine.client("tlog_verify.py")] + arguments).run()
        }

        /// A folder, the log's key in a file, and the id of a command that ran.
        private func scene(_ bed: Testbed, commit: String) async throws -> (folder: URL, key: String, id: String) {
            let token = try bed.issuer.token(["sha": .string(commit)])
            let update = "UPDATE public.orders SET status = 'done' WHERE id = 903"
            _ = try await bed.gateway.psql(update, as: "nightly", token: token).checked()
            _ = try await bed.gateway.psql("DELETE FROM public.orders WHERE id = 904", as: "nightly", token: token)
            let folder = try Leash.makeFolder("evidence")
            let key = folder.appending(path: "ledger.vkey")
            try await bed.gateway.countersign(["ledger", "key"]).checked().output.write(
                to: key,
                atomically: true,
                encoding: .utf8
            )
            let found = try await bed.gateway.audit(["--commit", commit, "--action", "update"])
            let id = try #require(found.first?["id"].text)
            return (folder, key.path(percentEncoded: false), id)
        }

        @Test("A record is proven to somebody who has a key alone, and another program agrees")
        func proves() async throws {
            let bed = try await Testbed.shared
            let (folder, key, id) = try await scene(bed, commit: "e1d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5e")
            let bundle = folder.appending(path: "change.countersign").path(percentEncoded: false)
            let told = try await bed.gateway.countersign(["ledger", "prove", id, "--out", bundle, "--json"]).checked()
            let written = try JSONValue(parsing: told.output[...])
            #expect(written["file"] == .string(bundle) && told.errors.isEmpty, "\(told)")
            #expect(told.output.split(separator: "\n").count == 1)

            let verdict = try await verify(bundle, "--key", key).checked().output
            #expect(verdict.hasPrefix("VERIFIED: "), "\(verdict)")
            for words in [
                "UPDATE public.orders SET status = 'done' WHERE id = 903", "nightly (owner ana@example.com)",
                "e1d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5e", "roles.nightly.grants[0].allow.update", "ok, 1 row",
                "What it does not prove", "policy.loaded", "session.opened",
            ] {
                #expect(verdict.contains(words), "\(words) in \(verdict)")
            }
            #expect(!verdict.contains("To know"), "\(verdict)")
            let vkey = try String(contentsOfFile: key, encoding: .utf8).trimmingCharacters(in: .newlines)
            _ = try await python("bundle", bundle, vkey).checked()
            let json = try await verify(bundle, "--key", vkey, "--json").checked().output.split(separator: "\n")
            #expect(try JSONValue(parsing: try #require(json.first))["result"] == "verified")

            // One byte, anywhere.
            let bytes = try Data(contentsOf: URL(filePath: bundle))
            for offset in [0, bytes.count / 3, bytes.count / 2, bytes.count - 1] {
                var changed = bytes
                changed[offset] ^= 1
                let file = folder.appending(path: "changed.countersign")
                try changed.write(to: file)
                let refused = try await verify(file.path(percentEncoded: false), "--key", key)
                #expect(refused.status == 1, "\(refused)")
                #expect(refused.errors.hasPrefix("NOT VERIFIED: "), "\(refused)")
                #expect(refused.output.isEmpty)
            }
        }

        @Test("Everything of a commit is one file, and it extends the checkpoint that the auditor kept")
        func evidence() async throws {
            let bed = try await Testbed.shared
            let commit = "f1e2d3c4b5a6978869504132a3b4c5d6e7f80912"
            let (folder, key, id) = try await scene(bed, commit: commit)
            // The first checkpoint that covers the record: what an auditor might have kept.
            _ = try await bed.gateway.countersign(["ledger", "prove", id]).checked()
            let kept = folder.appending(path: "kept.checkpoint").path(percentEncoded: false)
            let note = try await bed.gateway.countersign(["ledger", "checkpoint"]).checked().output
            try note.write(toFile: kept, atomically: true, encoding: .utf8)
            _ = try await scene(bed, commit: commit)
            let bundle = folder.appending(path: "commit.countersign").path(percentEncoded: false)
            let arguments = ["evidence", "--commit", commit, "--against", kept, "--out", bundle]
            try await bed.gateway.countersign(arguments).checked()
            let verdict = try await verify(bundle, "--key", key, "--checkpoint", kept, "--all").checked().output
            #expect(verdict.contains("the older checkpoint of "), "\(verdict)")
            #expect(verdict.contains("sessions are here from beginning to end, no record missing"), "\(verdict)")
            #expect(verdict.contains("DELETE FROM public.orders WHERE id = 904"), "\(verdict)")
            #expect(verdict.contains("not executed"), "\(verdict)")

            let extends = try await bed.gateway.countersign(["ledger", "checkpoint", "--against", kept]).checked()
            #expect(extends.output.hasPrefix("extends: "), "\(extends)")
            let forged = folder.appending(path: "forged.checkpoint").path(percentEncoded: false)
            var lines = note.split(separator: "\n", omittingEmptySubsequences: false)
            lines[2] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            try lines.joined(separator: "\n").write(toFile: forged, atomically: true, encoding: .utf8)
            let refused = try await bed.gateway.countersign(["ledger", "checkpoint", "--against", forged])
            #expect(refused.status == 1, "\(refused)")
            #expect(refused.errors.contains("does not extend the older checkpoint"), "\(refused)")
            #expect(try await verify(bundle, "--key", key, "--checkpoint", forged).status == 1)
        }

        @Test("A proof of one entry is read by other programs, and those of others by this one")
        func singleProofs() async throws {
            let bed = try await Testbed.shared
            let (folder, key, id) = try await scene(bed, commit: "a9b8c7d6e5f4031221304f5e6d7c8b9a0f1e2d3c")
            let bundle = folder.appending(path: "one.countersign").path(percentEncoded: false)
            try await bed.gateway.countersign(["ledger", "prove", id, "--out", bundle]).checked()
            let unzip = ["-m", "zipfile", "-e", bundle, folder.path(percentEncoded: false)]
            _ = try await Command(Machine.python, unzip).run().checked()
            let line = try #require(
                String(contentsOf: folder.appending(path: "records.jsonl"), encoding: .utf8)
                    .split(separator: "\n").first { $0.contains(id) && $0.contains("\"command\"") }
            )
            let record = folder.appending(path: "record").path(percentEncoded: false)
            try String(line).write(toFile: record, atomically: true, encoding: .utf8)
            let index = try #require(line.firstMatch(of: /"index":([0-9]+)/).flatMap { Int($0.output.1) })
            let proof = folder.appending(path: "proofs/\(index).tlog-proof").path(percentEncoded: false)
            let vkey = try String(contentsOfFile: key, encoding: .utf8).trimmingCharacters(in: .newlines)
            _ = try await python("proof", proof, record, vkey).checked()
            let data = bed.gateway.configuration.data.appending(path: "ledger").path(percentEncoded: false)
            let told = try await python("log", data, vkey).checked().output
            #expect(told.contains("\"size\""), "\(told)")
            let theirs = folder.appending(path: "theirs.tlog-proof").path(percentEncoded: false)
            try await python("prove", data, "\(index)").checked().output.write(
                toFile: theirs,
                atomically: true,
                encoding: .utf8
            )
            for file in [proof, theirs] {
                let verdict = try await verify(file, "--record", record, "--key", key).checked().output
                #expect(verdict.hasPrefix("VERIFIED: the record is entry \(index) of the log "), "\(verdict)")
            }
            let refused = try await verify(proof, "--record", key, "--key", key)
            #expect(refused.status == 1, "\(refused)")
            #expect(refused.errors.contains("the proof leads to another root"), "\(refused)")
        }

        @Test(
            "A call that is wrong, or names no file, exits with 2, and a file that is no bundle with 1",
            arguments: [
                ("", 2), ("BUNDLE", 2), ("BUNDLE --key", 2), ("BUNDLE --key nokey", 2), ("BUNDLE --key KEY --nope", 2),
                ("BUNDLE --key WITNESS", 2), ("BUNDLE --witness-policy /nonexistent", 2),
                ("BUNDLE --key KEY --checkpoint /nonexistent", 2), ("BUNDLE --key KEY", 1),
                ("/nonexistent --key KEY", 2), ("/ --key KEY", 2), ("/dev/null --key KEY", 1), ("--help", 0),
                ("--version", 0),
            ]
        )
        func exits(command: String, status: Int32) async throws {
            let words = command.split(separator: " ").map { word in
                switch word {
                case "BUNDLE": Machine.client("tlog_verify.py")
                case "KEY": "countersign.example/log1+d365f244+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
                case "WITNESS": "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"
                default: String(word)
                }
            }
            let result = try await Command(EvidenceTests.verifier, words).run()
            #expect(result.status == status, "\(result)")
            #expect(status == 0 || result.output.isEmpty, "\(result)")
            #expect(status != 1 || result.errors.hasPrefix("NOT VERIFIED: "), "\(result)")
        }
    }
}
