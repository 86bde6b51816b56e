import AccessModel
import Crypto
import Testing

@testable import Identity

@Suite("No key is used with an algorithm that it is not for")
struct AlgorithmConfusionTests {
    @Test(
        "HMAC with the public key as its secret is refused",
        arguments: [.rs256, .es256, .eddsa] as [SignatureAlgorithm]
    )
    func refusesPublicKeyAsSecret(algorithm: SignatureAlgorithm) async throws {
        let site = try await TestSite.make(algorithm)
        let jwk = ClaimValue.object(site.key.jwk).json
        for secret in [site.key.publicPEM, jwk, keySet(site.key.jwk)] {
            let header = #"{"alg":"HS256","kid":"key-1"}"#
            let payload = ClaimValue.object(site.claims()).json
            let input = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
            let code = HMAC<SHA256>.authenticationCode(
                for: Array(input.utf8),
                using: SymmetricKey(data: Array(secret.utf8))
            )
            let token = "\(input).\(Base64URL.encode(code))"
            #expect(await site.code(Array(token.utf8)) == .algorithmNotAllowed)
        }
    }

    @Test("alg none is refused with an empty signature, a dot less, and any signature")
    func refusesNone() async throws {
        let site = try await TestSite.make()
        let signed = try site.token(header: ["alg": "none"])
        let input = signed.split(separator: 0x2E).prefix(2).joined(separator: [0x2E])
        #expect(await site.code(signed) == .algorithmNotAllowed)
        #expect(await site.code(Array(input)) == .malformed)
        #expect(await site.code(Array(input) + [0x2E]) == .malformed)
    }

    @Test("A key of one kind does not verify an algorithm of another")
    func refusesOtherKind() async throws {
        let site = try await TestSite.make(.rs256)
        for algorithm in [.es256, .es384, .eddsa] as [SignatureAlgorithm] {
            let stranger = try await TestKey.make(algorithm)
            #expect(await site.code(try stranger.sign(site.claims())) == .keyMismatch)
        }
    }

    @Test("An algorithm that the issuer is not allowed is refused, though the key could")
    func refusesUnlisted() async throws {
        let site = try await TestSite.make(.rs512) { $0.algorithms = [.rs256, .es256] }
        #expect(await site.code(try site.token()) == .algorithmNotAllowed)
        #expect(site.world.fetched.isEmpty)
    }

    @Test("A key with alg serves no other algorithm")
    func refusesUndeclared() async throws {
        let site = try await TestSite.make(.ps256)
        var jwk = site.key.jwk
        jwk["alg"] = "RS256"
        site.world.serve(keySet(jwk), at: TestSite.keysURL)
        #expect(await site.code(try site.token()) == .keyMismatch)
    }

    @Test("PKCS#1 and PSS signatures are not taken for each other")
    func refusesOtherPadding() async throws {
        let site = try await TestSite.make(.rs256)
        #expect(await site.code(try site.token(header: ["alg": "PS256"])) == .badSignature)
        #expect(await site.code(try site.token(header: ["alg": "RS384"])) == .badSignature)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("A first token with another algorithm does not pin a key that declares none")
    func firstTokenDoesNotPin() async throws {
        let site = try await TestSite.make(.rs256)
        let junk = try site.token(header: ["alg": "RS512"])
        #expect(await site.code(junk) == .badSignature)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("An unknown kid does not fall back to another key, even where that key signed")
    func unknownKeyHasNoFallback() async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token(header: ["kid": "key-2"])) == .unknownKey)
        #expect(await site.code(try site.token(header: ["kid": "../../key-1"])) == .unknownKey)
        #expect(await site.code(try site.token(header: ["kid": "key-1\u{0}"])) == .unknownKey)
    }

    @Test("Without kid the only key serves, and of two none does")
    func noKeyID() async throws {
        let site = try await TestSite.make()
        let second = try await TestKey.make(.es256, "key-2")
        #expect(await site.code(try site.token(header: ["kid": nil])) == nil)
        site.world.serve(keySet(site.key.jwk, second.jwk), at: TestSite.keysURL)
        site.world.pass(601)
        #expect(await site.code(try site.token(header: ["kid": nil])) == .unknownKey)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("A kid of another key of the set does not verify")
    func refusesSwappedKey() async throws {
        let site = try await TestSite.make()
        let second = try await TestKey.make(.es256, "key-2")
        site.world.serve(keySet(site.key.jwk, second.jwk), at: TestSite.keysURL)
        #expect(await site.code(try site.token(header: ["kid": "key-2"])) == .badSignature)
        #expect(await site.code(try second.sign(site.claims())) == nil)
    }

    @Test("Two keys with one kid are both tried")
    func triesBoth() async throws {
        let site = try await TestSite.make()
        let second = try await TestKey.make(.es256)
        let third = try await TestKey.make(.rs256)
        site.world.serve(keySet(site.key.jwk, third.jwk, second.jwk), at: TestSite.keysURL)
        #expect(await site.code(try second.sign(site.claims())) == nil)
        #expect(await site.code(try third.sign(site.claims())) == nil)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test("A key in the header is not used, though it signed")
    func ignoresEmbeddedKey() async throws {
        let site = try await TestSite.make()
        let stranger = try await TestKey.make(.es256)
        let token = try stranger.sign(site.claims(), header: ["jwk": .object(stranger.jwk)])
        #expect(await site.code(token) == .badSignature)
    }
}
