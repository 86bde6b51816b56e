import AccessModel
import Crypto
import Testing

@testable import Identity

@Suite("A good token becomes a verified identity")
struct TokenVerifierTests {
    @Test(
        "A token of every algorithm is accepted, with and without alg in the key",
        arguments: SignatureAlgorithm.allCases
    )
    func acceptsEveryAlgorithm(algorithm: SignatureAlgorithm) async throws {
        let site = try await TestSite.make(algorithm)
        #expect(await site.code(try site.token()) == nil)

        var jwk = site.key.jwk
        jwk["alg"] = .string(algorithm.rawValue)
        let strict = try await TestSite.make(algorithm)
        strict.world.serve(keySet(jwk), at: TestSite.keysURL)
        #expect(await strict.code(try site.token()) == nil)
    }

    @Test("Ed25519 is another name of EdDSA")
    func acceptsEd25519() async throws {
        let site = try await TestSite.make(.eddsa)
        #expect(await site.code(try site.token(header: ["alg": "Ed25519"])) == nil)
    }

    @Test("The identity names the configured issuer, the subject, the claims, the end and the digest")
    func identity() async throws {
        let site = try await TestSite.make(.es256) { $0.claimMap = [.run: "run", .job: "nested.job"] }
        let token = try site.token(["run": 17, "nested": ["job": "build"]])
        let identity = try await site.verifier.verify(token)
        #expect(identity.principal == Principal(kind: .workload, issuer: "ci", subject: "job:1"))
        #expect(identity.claims["nested.job"] == "build")
        #expect(identity.provenance == Provenance([.run: "17", .job: "build"]))
        #expect(identity.expires == Timestamp(seconds: 1_800_000_300))
        let digest = SHA256.hash(data: token).map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
        #expect(identity.tokenDigest == digest)
    }

    @Test(
        "These types and headers are an identity token's",
        arguments: [
            ["typ": nil], ["typ": "jwt"], ["typ": "at+jwt"], ["typ": "application/at+jwt"], ["typ": "JOSE"],
            ["jku": "https://evil.example.com/keys"], ["x5u": "https://evil.example.com"], ["x5c": ["AAAA"]],
            ["jwk": ["kty": "oct", "k": "AAAA"]], ["kid": nil],
        ] as [[String: ClaimValue?]]
    )
    func acceptsHeaders(header: [String: ClaimValue?]) async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token(header: header)) == nil)
        #expect(site.world.fetched == [TestSite.keysURL])
    }

    @Test(
        "Dates may be whole or fractional and as far off as the skew",
        arguments: [
            ["iat": 1_799_999_999.75], ["exp": 1_800_000_000.5], ["exp": 1_799_999_941, "iat": 1_799_999_900],
            ["iat": 1_800_000_060], ["nbf": 1_800_000_060], ["nbf": 1_799_999_400],
            ["iat": 1_799_999_040], ["exp": 253_402_300_799],
        ] as [[String: ClaimValue?]]
    )
    func acceptsDates(changes: [String: ClaimValue?]) async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token(changes)) == nil)
    }

    @Test("A job that may run for a day is bounded by the age of its token and not by its exp")
    func limitsAge() async throws {
        let site = try await TestSite.make()
        let token = try site.token(["exp": 1_800_086_400])
        #expect(await site.code(token) == nil)
        site.world.pass(960)
        #expect(await site.code(token) == nil)
        site.world.pass(1)
        #expect(await site.code(token) == .tooOld)
    }

    @Test("A token opens many sessions where it is not single use")
    func manySessions() async throws {
        let site = try await TestSite.make()
        let token = try site.token()
        for _ in 0..<3 { #expect(await site.code(token) == nil) }
    }

    @Test("One of several configured audiences is enough, as a string or alone in a list")
    func audiences() async throws {
        let site = try await TestSite.make(.es256) { $0.audiences = ["countersign", "https://gateway.example.com"] }
        for audience in ["countersign", "https://gateway.example.com", ["countersign"]] as [ClaimValue] {
            #expect(await site.code(try site.token(["aud": audience])) == nil)
        }
        #expect(
            await site.code(try site.token(["aud": ["countersign", "https://gateway.example.com"]])) == .otherAudience
        )
    }

    @Test("Other audiences are accepted beside ours only where the issuer is configured so")
    func otherAudiences() async throws {
        let strict = try await TestSite.make()
        #expect(await strict.code(try strict.token(["aud": ["countersign", "vault"]])) == .otherAudience)
        let lax = try await TestSite.make(.es256) { $0.allowsOtherAudiences = true }
        #expect(await lax.code(try lax.token(["aud": ["countersign", "vault"]])) == nil)
        #expect(await lax.code(try lax.token(["aud": ["vault"]])) == .wrongAudience)
    }
}
