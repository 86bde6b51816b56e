import Foundation
import Testing

extension Integration {
    @Suite("A gateway and its witnesses")
    struct WitnessedGatewayTests {
        private static let change = "UPDATE public.orders SET status = 'done' WHERE id = 1"
        private static let read = "SELECT count(*) FROM public.orders"

        /// A gateway that ran once, so that its ledger has a key; stopped.
        private struct Prepared {
            var configuration: GatewayConfiguration
            var key: String

            static func make(_ origin: String) async throws -> Prepared {
                let gateway = try await Testbed.shared.makeGateway {
                    $0.origin = origin
                    $0.ledger = "  checkpoint: {every: 1s}"
                }
                let key = try await gateway.countersign(["ledger", "key"]).checked().output
                try await gateway.process.stop()
                return Prepared(configuration: gateway.configuration, key: key.trimmingCharacters(in: .newlines))
            }

            func started(_ lines: String...) async throws -> GatewayProcess {
                var configuration = configuration
                configuration.ledger = ([configuration.ledger] + lines).map {
                    "  " + $0.trimmingCharacters(in: .whitespaces)
                }
                .joined(separator: "\n")
                return try await GatewayProcess.start(configuration)
            }

            func witnesses(_ witnesses: [(name: String, key: String, url: String)]) -> String {
                let list = witnesses.map { "\($0.name): {key: \"\($0.key)\", url: \"\($0.url)\"}" }
                return "witnesses: {\(list.joined(separator: ", "))}"
            }
        }

        private func python(_ arguments: String...) async throws -> String {
            try await Command(Machine.python, [Machine.client("witness_client.py")] + arguments).run().checked().output
                .trimmingCharacters(in: .newlines)
        }

        private func metric(_ name: String, _ gateway: GatewayProcess) async throws -> Double? {
            let line = try await gateway.console("/metrics").body.split(separator: "\n").first {
                $0.hasPrefix("countersign_\(name) ")
            }
            return line.flatMap { Double($0.split(separator: " ").last ?? "") }
        }

        /// Waits until the published checkpoint has these signatures, by an independent verifier; gives its size.
        private func cosigned(_ gateway: GatewayProcess, _ keys: [String], above: Int = 0) async throws -> Int {
            let file = gateway.configuration.data.appending(path: "ledger/checkpoint").path(percentEncoded: false)
            return try await Deadline.patient.wait("a cosigned checkpoint: \(gateway.process.logText.suffix(2000))") {
                let words = [Machine.client("witness_client.py"), "verify", file] + keys
                let told = try await Command(Machine.python, words).run()
                guard told.status == 0, let size = Int(told.output.trimmingCharacters(in: .newlines)) else {
                    return nil
                }
                return size > above ? size : nil
            }
        }

        @Test("Two gateways witness each other, and whoever watches from outside sees both logs grow")
        func mutual() async throws {
            let (a, b) = (try await Prepared.make("a.example/prod"), try await Prepared.make("b.example/prod"))
            var keys: [String] = []
            for (own, other) in [(a, b), (b, a)] {
                let gateway = try await own.started("witness_for: [\"\(other.key)\"]")
                let folder = own.configuration.data.appending(path: "witness").path(percentEncoded: false)
                let key = try await gateway.countersign(["ledger", "witness", "key", "--data", folder]).checked().output
                keys.append(key.trimmingCharacters(in: .newlines))
                try await gateway.process.stop()
            }
            #expect(keys[0].hasPrefix("a.example/prod/witness+"))
            func start(_ own: Prepared, _ other: Prepared, _ key: String) async throws -> GatewayProcess {
                try await own.started(
                    "witness_for: [\"\(other.key)\"]",
                    own.witnesses([("peer", key, "http://127.0.0.1:\(other.configuration.consolePort)/witness")]),
                    "publish: {tiles: public, entries: loopback}"
                )
            }
            let one = try await start(a, b, keys[1])
            let two = try await start(b, a, keys[0])
            let first = try await cosigned(one, [a.key, keys[1]])
            _ = try await cosigned(two, [b.key, keys[0]])

            let policy = one.configuration.folder.appending(path: "policy")
            try "log \(a.key)\nwitness b \(keys[1])\nquorum b\n".write(to: policy, atomically: true, encoding: .utf8)
            let state = one.configuration.folder.appending(path: "seen").path(percentEncoded: false)
            func look() async throws -> CommandResult {
                try await one.countersign(
                    ["ledger", "monitor", "--once", "--json", "--state", state]
                        + ["--url", "http://127.0.0.1:\(one.configuration.consolePort)/ledger/"]
                        + ["--policy", policy.path(percentEncoded: false)]
                )
            }
            #expect(try await look().checked().output.contains("first checkpoint"))
            try await one.psql(Self.change).checked()
            _ = try await cosigned(one, [a.key, keys[1]], above: first)
            #expect(try await look().checked().output.contains("extends the last one"))
            #expect(try await metric("ledger_witnessed_records", one) ?? 0 > Double(first))
            #expect(try await one.console("/ledger/tile/entries/../../head").status == 404)
            #expect(try await one.console("/ledger/segments/00000000000000000000.segment").status == 404)
            for gateway in [one, two] { try await gateway.process.stop() }
            let end = one.configuration.data.appending(path: "witnessed").path(percentEncoded: false)
            #expect(try await Int(python("verify", end, a.key, keys[1])) ?? 0 > first)
        }

        @Test("Witnesses that lie in nine ways are told apart, counted, and in nobody's way")
        func liars() async throws {
            let prepared = try await Prepared.make("liars.example/prod")
            let honest = try await WitnessProcess.start(of: [prepared.key])
            let port = try Machine.freePort()
            let log = prepared.configuration.folder.appending(path: "liars.log")
            let liars = try ChildProcess(Machine.python, [Machine.client("lying_witness.py"), "\(port)"], log: log)
            try await Deadline.patient.wait("the liars") { liars.logText.contains("listening") ? true : nil }
            let kinds = [
                "loris": "too_slow", "huge": "garbage", "garbage": "garbage", "forge": "wrong_signature",
                "ahead": "ahead", "loop": "garbage", "silent": "too_slow", "redirect": "refused", "hang": "unreachable",
            ]
            var witnesses = [("honest", try await honest.key, honest.url)]
            for kind in kinds.keys.sorted() {
                let key = try await python("cosigner", "\(kind).example/w")
                witnesses.append((kind, key, "http://127.0.0.1:\(port)/\(kind)"))
            }
            let gateway = try await prepared.started(
                prepared.witnesses(witnesses),
                "quorum: 1",
                "witness_timeout: 2s"
            )
            let size = try await cosigned(gateway, [prepared.key, try await honest.key])
            try await gateway.psql(Self.change).checked()
            _ = try await cosigned(gateway, [prepared.key, try await honest.key], above: size)
            for (kind, reason) in kinds {
                // On a machine that is busy the answer without an end may be cut by the clock before its size is.
                var counted = 0.0
                for cause in kind == "loop" ? [reason, "too_slow"] : [reason] {
                    let name = "witness_failures_total{witness=\"\(kind)\",reason=\"\(cause)\"}"
                    counted += try await metric(name, gateway) ?? 0
                }
                #expect(counted > 0, "\(kind): \(gateway.process.logText.suffix(3000))")
            }
            let conflict = try await gateway.audit(["--kind", "witness.conflict"])
            #expect(conflict.map { $0["witness", "name"] } == ["ahead"])
            let ready = try await gateway.console("/readyz")
            #expect(ready.status == 200)
            #expect(ready.body.contains("witness ahead"))
            for process in [gateway.process, honest.process] { try await process.stop() }
            try await liars.stop(SIGKILL)
        }

        @Test("Without witnesses for too long changes are refused and reads go on, until they are back")
        func refusesChanges() async throws {
            let prepared = try await Prepared.make("alone.example/prod")
            let witness = try await WitnessProcess.start(of: [prepared.key])
            let key = try await witness.key
            try await witness.process.stop()
            let gateway = try await prepared.started(
                prepared.witnesses([("away", key, witness.url)]),
                "unreachable: {refuse_changes_after: 10s}"
            )
            try await gateway.psql(Self.change).checked()
            try await Deadline.patient.wait("changes to be refused") {
                try await metric("ledger_changes_refused", gateway) == 1 ? true : nil
            }
            let refused = try await gateway.psql(Self.change)
            #expect(refused.errors.contains("58030") && refused.errors.contains("witnesses"), "\(refused)")
            try await gateway.psql(Self.read).checked()
            let ready = try await gateway.console("/readyz")
            #expect(ready.status == 200)
            #expect(ready.body.contains("changes are refused"), "\(ready)")
            let back = try await witness.restarted()
            try await Deadline.patient.wait("changes to be carried out again") {
                try await metric("ledger_changes_refused", gateway) == 0 ? true : nil
            }
            try await gateway.psql(Self.change).checked()
            let kinds = try await gateway.audit(["--kind", "witnesses.lost,witnesses.restored", "--oldest-first"])
            #expect(kinds.map { $0["kind"] } == ["witnesses.lost", "witnesses.restored"])
            #expect(kinds.first?["witnesses", "failing", "away"] == "unreachable")
            try await gateway.countersign(["ledger", "verify"]).checked()
            for process in [gateway.process, back.process] { try await process.stop() }
        }

        @Test("A data directory that was put back whole is told by its witness, at once and after it has grown again")
        func putBack() async throws {
            let prepared = try await Prepared.make("back.example/prod")
            let witness = try await WitnessProcess.start(of: [prepared.key])
            let lines = prepared.witnesses([("w", try await witness.key, witness.url)])
            let keys = [prepared.key, try await witness.key]
            let gateway = try await prepared.started(lines)
            let size = try await cosigned(gateway, keys)
            try await gateway.process.stop()

            let (data, copy) = (prepared.configuration.data, prepared.configuration.folder.appending(path: "copy"))
            try FileManager.default.copyItem(at: data, to: copy)
            let later = try await prepared.started(lines)
            for _ in 0..<5 { try await later.psql(Self.read).checked() }
            let seen = try await cosigned(later, keys, above: size)
            try await later.process.stop()
            try FileManager.default.removeItem(at: data)
            try FileManager.default.moveItem(at: copy, to: data)

            // Nothing on this machine knows better: it starts, and its witness does.
            let again = try await prepared.started(lines)
            try await Deadline.patient.wait("the witness to be heard") {
                again.process.logText.contains("another history of this ledger") ? true : nil
            }
            let conflict = try #require(try await again.audit(["--kind", "witness.conflict"]).first)
            #expect(conflict["witness", "conflict"] == "ahead")
            #expect(try await again.console("/readyz").body.contains("more than there are"))
            try await Deadline.patient.wait("the second history to be refused") {
                try await again.psql(Self.read).checked()
                let size = try await metric("ledger_records", again) ?? 0
                return size > Double(seen) + 20 ? true : nil
            }
            try await again.process.stop()
            // Asked again at the start, where nobody rests.
            let grown = try await prepared.started(lines)
            try await Deadline.patient.wait("the witness to be heard") {
                try await grown.audit(["--kind", "witness.conflict"]).contains {
                    $0["witness", "conflict"] == "contradicts"
                } ? true : nil
            }
            try await grown.process.stop()
            let kept = try await witness.command("forks", "--json").output
            #expect(kept.contains("\"origin\":\"back.example/prod\""), "\(kept)")
            try await witness.process.stop()
        }
    }
}
