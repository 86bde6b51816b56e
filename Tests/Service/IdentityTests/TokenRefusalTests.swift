import AccessModel
import Testing

@testable import Identity

@Suite("Every fault is refused, each with its own code")
struct TokenRefusalTests {
    typealias Changes = [String: ClaimValue?]

    @Test(
        "Claims that the issuer signed and the gateway does not take",
        arguments: [
            (["aud": "vault"], .wrongAudience),
            (["aud": "Countersign"], .wrongAudience),
            (["aud": "countersign "], .wrongAudience),
            (["aud": []], .wrongAudience),
            (["aud": nil], .missingClaim),
            (["aud": 5], .malformedClaim),
            (["aud": ["countersign", 5]], .malformedClaim),
            (["aud": .array(Array(repeating: "countersign", count: 17))], .oversizedClaim),
            (["exp": nil], .missingClaim),
            (["iat": nil], .missingClaim),
            (["sub": nil], .missingClaim),
            (["sub": ""], .malformedClaim),
            (["sub": 5], .malformedClaim),
            (["sub": .string(String(repeating: "a", count: 1025))], .oversizedClaim),
            (["sub": "job\u{0}"], .unprintableClaim),
            (["sub": "job\n{\"forged\":1}"], .unprintableClaim),
            (["sub": "job\u{1B}[2J"], .unprintableClaim),
            (["sub": "job\u{85}"], .unprintableClaim),
            (["sub": "job\u{2028}"], .unprintableClaim),
            (["sub": "job\u{202E}drop"], .unprintableClaim),
            (["exp": 1_799_999_940], .expired),
            (["exp": 0], .expired),
            (["exp": "1800000300"], .malformedClaim),
            (["exp": -1], .malformedClaim),
            (["exp": 253_402_300_800], .malformedClaim),
            (["exp": .integer(.max)], .malformedClaim),
            (["exp": 1e300], .malformedClaim),
            (["exp": nil as ClaimValue? ?? .null], .malformedClaim),
            (["iat": true], .malformedClaim),
            (["iat": 1_800_000_061], .issuedInFuture),
            (["iat": 1_799_999_039], .tooOld),
            (["iat": -1e300], .malformedClaim),
            (["nbf": 1_800_000_061], .notYetValid),
            (["nbf": "soon"], .malformedClaim),
            (["iat": 1_800_000_050, "exp": 1_800_000_050], .malformedClaim),
            (["jti": 5], .malformedClaim),
            (["jti": .string(String(repeating: "j", count: 1025))], .oversizedClaim),
            (["sha": "abc\u{7F}"], .unprintableClaim),
            (["sha": .string(String(repeating: "a", count: 1025))], .oversizedClaim),
            (["must": nil], .missingClaim),
            (["must": ""], .missingClaim),
            (["must": []], .missingClaim),
            (["must": .null], .missingClaim),
        ] as [(Changes, TokenRefusal.Code)]
    )
    func refusesClaims(changes: Changes, code: TokenRefusal.Code) async throws {
        let site = try await TestSite.make(.es256) {
            $0.claimMap = [.commit: "sha"]
            $0.requiredClaims = ["must"]
        }
        let refusal = await site.refusal(
            try site.token(Changes(uniqueKeysWithValues: [("must", "x")]).merging(changes) { $1 })
        )
        #expect(refusal?.code == code)
        #expect(refusal?.issuer == "ci")
        #expect(refusal?.tokenDigest?.utf8.count == 64)
    }

    @Test(
        "Headers that are refused before any key is asked for",
        arguments: [
            (["alg": nil], .malformed),
            (["alg": 5], .malformed),
            (["alg": "none"], .algorithmNotAllowed),
            (["alg": "None"], .algorithmNotAllowed),
            (["alg": "NONE"], .algorithmNotAllowed),
            (["alg": ""], .algorithmNotAllowed),
            (["alg": "HS256"], .algorithmNotAllowed),
            (["alg": "HS512"], .algorithmNotAllowed),
            (["alg": "RSA-OAEP"], .algorithmNotAllowed),
            (["alg": "es256"], .algorithmNotAllowed),
            (["alg": "ES256 "], .algorithmNotAllowed),
            (["crit": ["b64"], "b64": false], .criticalHeader),
            (["crit": []], .criticalHeader),
            (["crit": .null], .criticalHeader),
            (["typ": "logout+jwt"], .wrongType),
            (["typ": "secevent+jwt"], .wrongType),
            (["typ": "dpop+jwt"], .wrongType),
            (["typ": "application/secevent+jwt"], .wrongType),
            (["typ": ""], .wrongType),
            (["typ": 1], .malformed),
            (["kid": 1], .malformed),
            (["kid": ""], .malformed),
            (["kid": .string(String(repeating: "k", count: 257))], .malformed),
        ] as [(Changes, TokenRefusal.Code)]
    )
    func refusesHeaders(header: Changes, code: TokenRefusal.Code) async throws {
        let site = try await TestSite.make()
        let refusal = await site.refusal(try site.token(header: header))
        #expect(refusal?.code == code)
        #expect(refusal?.tokenDigest == nil)
        #expect(site.world.fetched.isEmpty)
    }

    @Test(
        "The issuer is compared byte for byte",
        arguments: [
            "https://ci.example.com/", "HTTPS://ci.example.com", "https://ci.example.com:443", "https://CI.example.com",
            "https://ci.example.com ", "https://ci.example.com\u{0}", "https://evil.example.com", "",
            "https://ci.example.co", "ci.example.com",
        ]
    )
    func refusesOtherIssuers(issuer: String) async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token(["iss": .string(issuer)])) == .unknownIssuer)
        #expect(site.world.fetched.isEmpty)
    }

    @Test("Canonically equivalent issuers are not the same")
    func refusesEquivalentIssuer() async throws {
        let site = try await TestSite.make(.es256) { $0.url = "https://ci.example.com/\u{E9}" }
        #expect(await site.code(try site.token(["iss": "https://ci.example.com/e\u{301}"])) == .unknownIssuer)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test(
        "An issuer that is missing or not a string is malformed",
        arguments: [nil, 5, .null, ["https://ci.example.com"]] as [ClaimValue?]
    )
    func refusesNoIssuer(issuer: ClaimValue?) async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token(["iss": issuer])) == .malformed)
    }

    @Test(
        "A member that occurs twice is refused at every level",
        arguments: [
            (#"{"alg":"ES256","alg":"none"}"#, "{}"),
            (#"{"alg":"ES256","x":{"a":1,"a":2}}"#, "{}"),
            (#"{"alg":"ES256"}"#, #"{"iss":"a","iss":"b"}"#),
            (#"{"alg":"ES256"}"#, #"{"a":{"b":[{"c":1,"c":1}]}}"#),
            (#"{"alg":"ES256"}"#, #"{"sub":"a","\u0073ub":"b"}"#),
        ]
    )
    func refusesDuplicates(header: String, payload: String) async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.key.sign(rawHeader: header, payload: payload)) == .duplicateMember)
    }

    @Test(
        "What is not three parts of strict base64url of one JSON object is malformed",
        arguments: [
            "", ".", "..", "...", "a", "a.b", "a.b.c", "a.b.c.d", "!.e30.AAAA", "e30.!.AAAA", "e30.e30.", "e30..AAAA",
            ".e30.AAAA", " e30.e30.AAAA", "e30.e30.AAAA\n", "e30=.e30.AAAA", "e30.e30.AA==", "W10.e30.AAAA",
            "Im4i.e30.AAAA", "eyJhbGciOiJFUzI1NiJ9.W10.AAAA", "eyJhbGciOiJFUzI1NiJ9.bnVsbA.AAAA",
            "eyJhbGciOiJFUzI1NiJ9.e30e30.AAAA", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "\u{0}.\u{0}.\u{0}",
            "e30.e30.AAAA.AAAA.AAAA",
        ]
    )
    func refusesMalformed(token: String) async throws {
        let site = try await TestSite.make()
        #expect(await site.code(Array(token.utf8)) == .malformed)
    }

    @Test("A token over the size limit is refused before it is read", arguments: [16_385, 65_536, 1 << 20])
    func refusesOversized(size: Int) async throws {
        let site = try await TestSite.make()
        let good = try site.token()
        let refusal = await site.refusal(good + Array(repeating: 0x41, count: size - good.count))
        #expect(refusal?.code == .tooLarge)
        #expect(await site.code(Array(repeating: 0x2E, count: 16_384)) == .malformed)
    }

    @Test("Each issuer has its own size limit")
    func refusesOversizedForIssuer() async throws {
        let site = try await TestSite.make(.es256) { $0.maxTokenBytes = 400 }
        let other = TrustedIssuer(name: "other", url: "https://other.example.com", audiences: ["countersign"])
        site.verifier.update(issuers: [site.trusted, other])
        #expect(await site.code(try site.token(["filler": .string(String(repeating: "a", count: 400))])) == .tooLarge)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("A header of over 8 KiB and nesting of over 16 levels are refused")
    func refusesBulk() async throws {
        let site = try await TestSite.make()
        let header = Changes(uniqueKeysWithValues: [("x", .string(String(repeating: "a", count: 6200)))])
        #expect(await site.code(try site.token(header: header)) == .tooLarge)
        let deep = String(repeating: "[", count: 7000)
        #expect(await site.code(try site.key.sign(payload: "{\"a\":\(deep)")) == .malformed)
    }

    /// Such text is compared in time with the square of its length, and anybody may send it.
    @Test("Long runs of combining marks are refused before they are compared")
    func combiningMarks() async throws {
        let site = try await TestSite.make()
        let marks = "a" + String(repeating: "\u{301}\u{323}\u{327}", count: 950)
        #expect(await site.code(try site.token(header: ["alg": .string(marks)])) == .algorithmNotAllowed)
        #expect(await site.refusal(try site.token(header: ["typ": .string(marks)]))?.reason == "typ has 5701 bytes")
        #expect(await site.code(try site.token(header: [marks: 1])) == .malformed)
        #expect(await site.code(try site.token([marks: 1])) == .malformed)
    }

    @Test("A refusal never repeats more of a token than cut and printable issuer, alg and kid")
    func refusalsAreSafe() async throws {
        let site = try await TestSite.make()
        let secret = "\u{1B}]0;" + String(repeating: "s3cr3t", count: 40)
        let tokens = [
            try site.token(["iss": .string(secret)]), try site.token(header: ["kid": .string(secret)]),
            try site.token(header: ["alg": .string(secret)]), try site.token(header: ["typ": .string(secret)]),
            try site.token(["sub": .string(secret)]), try site.token(["aud": .string(secret)]),
            try site.token(["exp": .string(secret)]), try site.token(["jti": .array([.string(secret)])]),
        ]
        for token in tokens {
            let refusal = try #require(await site.refusal(token))
            #expect(refusal.description.utf8.count < 200)
            #expect(refusal.description.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        }
    }

    @Test("Principal, provenance and digest are given once the signature verified, and not before")
    func explainsOnlyVerified() async throws {
        let site = try await TestSite.make(.es256) { $0.claimMap = [.run: "run"] }
        let late = try #require(await site.refusal(try site.token(["exp": 1, "run": "9"])))
        #expect(late.code == .expired)
        #expect(late.principal == Principal(kind: .workload, issuer: "ci", subject: "job:1"))
        #expect(late.provenance == Provenance([.run: "9"]))

        let stranger = try await TestKey.make(.es256)
        let forged = try #require(await site.refusal(try stranger.sign(site.claims(["run": "9"]))))
        #expect(forged.code == .badSignature)
        #expect(forged.principal == nil)
        #expect(forged.provenance == nil)
        #expect(forged.tokenDigest == nil)
        #expect(forged.issuer == "ci")
    }

    @Test("Without issuers every token is refused")
    func refusesWithoutIssuers() async throws {
        let site = try await TestSite.make()
        site.verifier.update(issuers: [])
        #expect(await site.code(try site.token()) == .tooLarge)
    }
}
