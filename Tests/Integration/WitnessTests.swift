import Foundation
import Testing

extension Integration {
    @Suite("Witnesses")
    struct WitnessTests {
        /// A log that is none of ours: an independent client that was written from the specification.
        private struct PythonLog {
            let origin = "log.example/python"
            let seed = (0..<32).map { _ in String(UInt8.random(in: 16...255), radix: 16) }.joined()

            var key: String {
                get async throws {
                    try await run("vkey", origin, seed).output.trimmingCharacters(in: .newlines)
                }
            }

            @discardableResult
            func ask(_ verb: String, _ witness: WitnessProcess, _ more: String...) async throws -> CommandResult {
                try await command([verb, witness.url, try await witness.key, origin, seed] + more).run()
            }

            private func run(_ arguments: String...) async throws -> CommandResult {
                try await command(arguments).run().checked()
            }

            private func command(_ arguments: [String]) -> Command {
                Command(Machine.python, [Machine.client("witness_client.py")] + arguments)
            }
        }

        @Test("An independent log gets every answer of the specification, and its fork is kept as proof")
        func conforms() async throws {
            let log = PythonLog()
            let witness = try await WitnessProcess.start(of: [log.key])
            #expect(try await witness.command("forks").status == 0)
            try await log.ask("conform", witness).checked()
            let forks = try await witness.command("forks", "--json")
            #expect(forks.status == 1)
            #expect(forks.errors.contains("proven fork"), "\(forks)")
            let pieces = try forks.output.split(separator: "\n").map { try JSONValue(parsing: $0) }
            #expect(pieces.count == 3)
            for piece in pieces {
                #expect(piece["kind"] == .string("fork"))
                #expect(piece["origin"] == .string(log.origin))
                #expect(piece["cosigned"] != piece["refused"])
            }
            #expect(witness.process.logText.contains(#""level":"critical""#))
            #expect(try await witness.process.stop() == 0)
        }

        @Test("Killed with -9 at any moment, a witness remembers what it cosigned, and signs no second history")
        func killed() async throws {
            let rounds = ProcessInfo.processInfo.environment["COUNTERSIGN_WITNESS_KILLS"].flatMap(Int.init) ?? 6
            let log = PythonLog()
            var witness = try await WitnessProcess.start(of: [log.key])
            let file = witness.folder.deletingLastPathComponent().appending(path: "acknowledged")
            try Data().write(to: file)
            var sizes: [Int] = []
            for _ in 0..<rounds {
                let running = witness
                async let fed = log.ask("feed", running, file.path(percentEncoded: false))
                let before = sizes.last ?? 0
                let target = before + Int.random(in: 1...40)
                try await Deadline.patient.wait("the log to grow") {
                    let size = (try? String(contentsOf: file, encoding: .utf8)).flatMap { Int($0) } ?? 0
                    return size >= target ? true : nil
                }
                try await witness.process.stop(SIGKILL)
                try await fed.checked()
                witness = try await witness.restarted()
                let resumed = try await log.ask("resume", witness, file.path(percentEncoded: false)).checked().output
                sizes.append(try #require(Int(resumed.trimmingCharacters(in: .newlines))))
            }
            #expect(sizes == sizes.sorted())
            #expect(try await witness.command("forks").status == 1)
            try await witness.process.stop()
        }

        @Test("A witness keeps its name, and a key whose memory is gone is never used again")
        func identity() async throws {
            let log = try await PythonLog().key
            let witness = try await WitnessProcess.start(of: [log])
            try await witness.process.stop()
            let folder = witness.folder.path(percentEncoded: false)
            func start(_ more: [String]) async throws -> CommandResult {
                let words = ["ledger", "witness", "--data", folder, "--listen", "127.0.0.1:1", "--log", log]
                return try await Command(Machine.countersign, words + more).run()
            }
            #expect(try await start(["--name", "witness.example/w2"]).errors.contains("keeps its name"))
            let mode = try FileManager.default.attributesOfItem(atPath: folder + "/witness.key")[.posixPermissions]
            #expect(mode as? Int == 0o600)
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: folder + "/witness.sqlite" + suffix)
            }
            let forgetful = try await start([])
            #expect(forgetful.status == 1)
            #expect(forgetful.errors.contains("could sign a second history"), "\(forgetful)")
        }

        @Test("What a witness's command line cannot mean is a usage error")
        func usage() async throws {
            let words = ["ledger", "witness", "--data", "/nonexistent/w", "--name", "w"]
            let key = "log.example/one+d365f244+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
            for more in [
                ["--listen", "0.0.0.0:7490", "--log", key], ["--listen", "nowhere", "--log", key],
                ["--listen", "127.0.0.1:7490"], ["--listen", "127.0.0.1:7490", "--log", key, "--certificate", "c.pem"],
            ] {
                #expect(try await Command(Machine.countersign, words + more).run().status == 2)
            }
            let wrong = try await Command(
                Machine.countersign,
                words + ["--listen", "127.0.0.1:7490", "--log", "hello"]
            ).run()
            #expect(wrong.status == 1)
            #expect(wrong.errors.contains("verifier key"), "\(wrong)")
        }
    }
}
