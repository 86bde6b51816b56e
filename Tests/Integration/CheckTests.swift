import Foundation
import Testing

extension Integration {
    @Suite("A configuration, before anything is started")
    struct CheckTests {
        private func run(_ arguments: [String], in folder: URL) async throws -> CommandResult {
            let words = ["-C", folder.path(percentEncoded: false), Machine.countersign] + arguments
            return try await Command("env", words).run()
        }

        @Test("What `init` writes passes `check`, and is never written over")
        func initializes() async throws {
            let folder = try Leash.makeFolder("init")
            let written = try await run(["init"], in: folder).checked().output
            #expect(written.contains("countersign check --config countersign.yaml"), "\(written)")
            let checked = try await run(["check", "--config", "countersign.yaml"], in: folder).checked().output
            #expect(checked.hasPrefix("countersign.yaml: ok, policy sha256:"), "without a warning: \(checked)")
            let secret = folder.appending(path: "secrets/orders-db")
            let mode = try FileManager.default.attributesOfItem(atPath: secret.path(percentEncoded: false))
            #expect(mode[.posixPermissions] as? Int == 0o600)

            let file = folder.appending(path: "countersign.yaml")
            try "mine".write(to: file, atomically: true, encoding: .utf8)
            try "mine".write(to: secret, atomically: true, encoding: .utf8)
            let again = try await run(["init"], in: folder)
            #expect(again.status == 1 && again.errors.contains("is there already"), "\(again)")
            try FileManager.default.removeItem(at: file)
            try await run(["init", "."], in: folder).checked()
            #expect(try String(contentsOf: secret, encoding: .utf8) == "mine")
        }

        @Test(
            "The whole example of the documentation passes once its files are there, and each that is missing has its line"
        )
        func example() async throws {
            let pki = try await Testbed.shared.pki
            let folder = try Leash.makeFolder("example")
            let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "docs/reference/example.yaml")
            let text = try String(contentsOf: source, encoding: .utf8)
            try text.write(to: folder.appending(path: "example.yaml"), atomically: true, encoding: .utf8)
            let missing = try await run(["check", "--config", "example.yaml"], in: folder)
            #expect(missing.status == 1)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            for (file, line) in [
                ("tls/gateway.pem", "  postgres: {address"), ("tls/gateway.key", "  console: {address"),
                ("tls/db-ca.pem", "    tls: {mode: verify-full, ca: tls/db-ca.pem}"),
                ("secrets/orders-db", "    credential: {user: countersign_orders"),
                ("tls/client.pem", "    tls: {mode: verify-full, ca: tls/db-ca.pem, certificate"),
                ("cluster-jwks.json", "    jwks: {file"), ("secrets/login", "  secret: {file: secrets/login}"),
            ] {
                let number = try #require(lines.firstIndex { $0.hasPrefix(line) }) + 1
                let told = missing.output.split(separator: "\n").filter { $0.hasPrefix("example.yaml:\(number): ") }
                #expect(told.contains { $0.contains(file) }, "\(file) in line \(number): \(missing.output)")
            }

            for name in ["tls", "secrets"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name),
                    withIntermediateDirectories: true
                )
            }
            for (name, path) in [
                ("tls/gateway.pem", pki.gateway.certificate), ("tls/gateway.key", pki.gateway.key),
                ("tls/client.pem", pki.gateway.certificate), ("tls/client.key", pki.gateway.key),
                ("tls/db-ca.pem", pki.authority.certificate), ("tls/collector-ca.pem", pki.authority.certificate),
            ] {
                try FileManager.default.copyItem(at: URL(filePath: path), to: folder.appending(path: name))
            }
            for (name, text) in [
                ("secrets/login", "a"), ("secrets/orders-db", "b"), ("secrets/chat", "https://chat.example.com/a"),
                ("cluster-jwks.json", #"{"keys":[]}"#),
            ] {
                try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
            }
            let checked = try await run(["check", "--config", "example.yaml"], in: folder).checked().output
            #expect(checked.hasPrefix("example.yaml: ok, policy sha256:"), "without a warning: \(checked)")
        }

        @Test("A slip in the name of a target or a role is told with the nearest one, and what there is")
        func slips() async throws {
            let folder = try Leash.makeFolder("slips")
            try await run(["init"], in: folder).checked()
            let claims = #"{"iss":"https://gitlab.example.com","sub":"a","project_id":"4711"}"#
            try claims.write(to: folder.appending(path: "job.json"), atomically: true, encoding: .utf8)
            let explain = [
                "policy", "explain", "--config", "countersign.yaml", "--claims", "job.json", "--sql", "SELECT 1",
            ]
            let target = try await run(explain + ["--target", "order-db"], in: folder)
            #expect(target.status == 1 && target.output.isEmpty, "\(target)")
            #expect(
                target.errors.contains(
                    "no target is named order-db; did you mean `orders-db`?; there is orders-db"
                ),
                "\(target)"
            )
            let role = try await run(explain + ["--target", "orders-db", "--user", "nightly"], in: folder)
            #expect(role.status == 1 && role.errors.contains("there is nightly-reconcile"), "\(role)")
        }
    }
}
