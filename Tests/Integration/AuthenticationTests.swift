import Foundation
import Testing

extension Integration {
    @Suite("Who is let in")
    struct AuthenticationTests {
        @Test("A token of every algorithm on the list opens a session", arguments: TestIssuer.Algorithm.allCases)
        func accepts(algorithm: TestIssuer.Algorithm) async throws {
            let bed = try await Testbed.shared
            let token = try bed.issuer.token(algorithm: algorithm)
            #expect(try await bed.gateway.psql("SELECT 40 + 2", token: token).checked().output == "42\n")
        }

        @Test("The user `countersign` stands for every role that the token is bound to")
        func everyRole() async throws {
            let bed = try await Testbed.shared
            try await bed.gateway.psql("SELECT count(*) FROM public.orders", as: "countersign").checked()
        }

        struct Lie: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var token: @Sendable (TestIssuer) throws -> String
        }

        static let lies = [
            Lie(testDescription: "expired") {
                try $0.token(["exp": .integer(now - 3600), "iat": .integer(now - 3700)])
            },
            Lie(testDescription: "not yet valid") { try $0.token(["nbf": .integer(now + 3600)]) },
            Lie(testDescription: "for another audience") { try $0.token(["aud": "vault"]) },
            Lie(testDescription: "of another issuer") { try $0.token(["iss": "https://gitlab.evil.example"]) },
            Lie(testDescription: "without an expiry") { try $0.token(["exp": nil]) },
            Lie(testDescription: "of an unknown key") { try $0.token(header: ["kid": "other"]) },
            Lie(testDescription: "signed by nobody") { try $0.forged(header: ["alg": "none"]) },
            Lie(testDescription: "signed with the public key as a secret") {
                try $0.forged(header: ["alg": "HS256", "kid": "test-rs256"], hmac: Array($0.publicPEM.utf8))
            },
            Lie(testDescription: "with a changed signature") { String(try $0.token().dropLast(8)) + "AAAAAAAA" },
            Lie(testDescription: "of a login, not of a job") { try $0.token(["job_id": nil, "pipeline_id": nil]) },
            Lie(testDescription: "no token at all") { _ in "hunter2" },
            Lie(testDescription: "65 KiB long") {
                try $0.token(["pad": .string(String(repeating: "a", count: 49_000))])
            },
            Lie(testDescription: "with a NUL in a claim") { try $0.token(["project_path": "a\u{0}b"]) },
        ]

        private static var now: Int64 { Int64(Date().timeIntervalSince1970) }

        @Test("A token that lies is refused without a word of why, and the next client is served", arguments: lies)
        func refuses(lie: Lie) async throws {
            let bed = try await Testbed.shared
            let result = try await bed.gateway.psql("SELECT 1", token: try lie.token(bed.issuer))
            #expect(result.status == 2, "\(result)")
            let answers = ["authentication failed", "above the limit"]
            #expect(answers.contains { result.errors.contains($0) }, "\(result)")
            for word in ["expired", "audience", "signature", "issuer", "algorithm"] {
                #expect(!result.errors.contains(word), "\(result)")
            }
            #expect(try await bed.gateway.psql("SELECT 1").checked().output == "1\n")
        }

        @Test("A refusal is on record with its reason")
        func recordsRefusals() async throws {
            let bed = try await Testbed.shared
            let commit = String(repeating: "e", count: 40)
            let token = try bed.issuer.token(["sha": .string(commit), "project_id": "999"])
            let result = try await bed.gateway.psql("SELECT 1", as: "nightly", token: token)
            #expect(result.status == 2, "\(result)")
            let found = try await bed.gateway.audit(["--commit", commit])
            let record = try #require(found.first)
            #expect(record["kind"] == "authentication.refused")
            #expect(record["refusal", "reason"].text?.isEmpty == false)
            #expect(record["provenance", "commit"] == .string(commit))
        }

        @Test("A role of others, a target that is not there and a database that is not listed are refused")
        func refusesWhatIsNotGranted() async throws {
            let bed = try await Testbed.shared
            for (role, database) in [
                ("other-team", "orders-db"), ("no-such-role", "orders-db"), ("everything", "no-such-target"),
                ("everything", "orders-db/postgres"), ("nightly", "orders-md5"),
            ] {
                let result = try await bed.gateway.psql("SELECT 1", as: role, database: database)
                #expect(result.status == 2, "\(role) on \(database): \(result)")
            }
        }

        @Test("A client that does not ask for TLS is refused before it can send its token")
        func refusesPlain() async throws {
            let bed = try await Testbed.shared
            var environment = try bed.gateway.environment()
            environment["PGSSLMODE"] = "disable"
            let result = try await Command(
                Machine.postgres("psql"),
                ["-X", "-c", "SELECT 1"],
                environment: environment
            ).run()
            #expect(result.status == 2, "\(result)")
            #expect(!result.errors.contains("password"), "\(result)")
        }
    }
}
