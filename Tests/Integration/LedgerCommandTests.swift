import Foundation
import Testing

extension Integration {
    @Suite("The ledger on the command line")
    struct LedgerCommandTests {
        @Test("An auditor's checkpoint, the rotation of the key and a rollback, as an operator meets them")
        func story() async throws {
            let bed = try await Testbed.shared
            var gateway = try await bed.makeGateway()
            let data = gateway.configuration.data
            let checkpoint = data.appending(path: "ledger/checkpoint")
            try await gateway.psql("SELECT 1").checked()
            try await covered(gateway)
            let kept = data.appending(path: "kept")
            try FileManager.default.copyItem(at: checkpoint, to: kept)
            let old = try await gateway.countersign(["ledger", "key"]).checked().output
            #expect(old.hasPrefix("test.example/one+"))
            let busy = try await gateway.countersign(["ledger", "key", "rotate"])
            #expect(busy.status == 1 && busy.errors.contains("the gateway has this ledger open"), "\(busy)")
            try await gateway.psql("SELECT 2").checked()
            try await gateway.process.stop()

            let told = try await gateway.countersign(["ledger", "key", "rotate", "--json"]).checked().output
            let new = try #require(try JSONValue(parsing: told[...])["key"].text) + "\n"
            let backup = data.appending(path: "backup")
            try FileManager.default.copyItem(at: data.appending(path: "ledger"), to: backup)
            gateway = try await GatewayProcess.run(gateway.configuration)
            try await gateway.psql("SELECT 3").checked()
            try await gateway.process.stop()
            let anchors = ["--checkpoint", kept.path(percentEncoded: false), "--key", String(old.dropLast())]
            let verified = try await gateway.countersign(["ledger", "verify"] + anchors).checked().output
            #expect(verified.contains("extends: 1 earlier checkpoint"), "\(verified)")
            #expect(verified.contains("key: " + new), "\(verified)")

            try FileManager.default.removeItem(at: data.appending(path: "ledger"))
            try FileManager.default.copyItem(at: backup, to: data.appending(path: "ledger"))
            let file = gateway.configuration.file.path(percentEncoded: false)
            let refused = try await Command(Machine.countersign, ["serve", "--config", file]).run()
            #expect(refused.status == 1 && refused.errors.contains("it was rolled back or cut"), "\(refused)")
            let found = try await gateway.countersign(["ledger", "verify"])
            #expect(found.status == 1 && found.output.contains("records were signed, and the ledger ends"), "\(found)")
        }

        /// Waits for a checkpoint that covers everything.
        private func covered(_ gateway: GatewayProcess, ) async throws {
            try await Deadline.patient.wait("a checkpoint") {
                let metrics = try await gateway.console("/metrics").body
                func value(_ name: String) -> Int? {
                    metrics.split(separator: "\n").first { $0.hasPrefix(name + " ") }?.split(separator: " ").last
                        .flatMap { Int($0) }
                }
                let (records, signed) = (
                    value("countersign_ledger_records"), value("countersign_ledger_checkpoint_records")
                )
                return records != nil && records == signed ? true : nil
            }
        }
    }
}
