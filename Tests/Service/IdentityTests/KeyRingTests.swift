import AccessModel
import JWTKit
import Testing

@testable import Identity

@Suite("One bad key does not lose the set, and no weak key is used")
struct KeyRingTests {
    private func ring(_ keys: [String: ClaimValue]...) async throws -> KeyRing {
        let set = ClaimValue.object(["keys": .array(keys.map { .object($0) })]).json
        return try await KeyRing(keySet: Array(set.utf8), allowed: Set(SignatureAlgorithm.allCases))
    }

    @Test(
        "A key that cannot serve is left out",
        arguments: [
            ["use": "enc"], ["use": 5], ["use": .null], ["key_ops": ["sign"]], ["key_ops": []], ["key_ops": "verify"],
            ["kty": "oct"], ["kty": "rsa"], ["kty": nil], ["kty": 5], ["kid": 5], ["kid": ""],
            ["alg": "RSA-OAEP"], ["alg": "HS256"], ["alg": "none"], ["alg": "ES256"], ["alg": 5], ["d": "AAAA"],
            ["n": nil], ["n": 5], ["n": "AQAB"], ["n": "+/+/"], ["n": "AA=="], ["n": ""],
            ["e": nil], ["e": ""], ["e": "AQ"], ["e": "AAAB"], ["e": "Ag"], ["e": "AQAAAAE"], ["e": "AQAB="],
        ] as [[String: ClaimValue?]]
    )
    func leavesOut(changes: [String: ClaimValue?]) async throws {
        let good = try await TestKey.make(.rs256)
        var bad = good.jwk
        for (name, value) in changes { bad[name] = value }
        let ring = try await ring(bad, good.jwk, ["nonsense": [1, 2, 3]])
        #expect(ring.keys.count == 1)
    }

    @Test("Entries that are not objects are left out")
    func leavesOutNonsense() async throws {
        let good = try await TestKey.make(.es256)
        let set = "{\"keys\":[null,5,\"key\",[],\(ClaimValue.object(good.jwk).json)]}"
        let ring = try await KeyRing(keySet: Array(set.utf8), allowed: [.es256])
        #expect(ring.keys.count == 1)
    }

    @Test(
        "These say that a key is for signatures",
        arguments: [
            ["use": nil], ["key_ops": ["verify"]], ["use": nil, "key_ops": ["sign", "verify"]], ["alg": "RS256"],
            ["x5c": ["AAAA"]], ["kid": nil],
        ]
            as [[String: ClaimValue?]]
    )
    func keeps(changes: [String: ClaimValue?]) async throws {
        var jwk = try await TestKey.make(.rs256).jwk
        for (name, value) in changes { jwk[name] = value }
        #expect(try await ring(jwk).keys.count == 1)
    }

    @Test("A modulus with a zero byte before it is the same key")
    func leadingZero() async throws {
        let site = try await TestSite.make(.rs256)
        guard case .string(let text)? = site.key.jwk["n"], let modulus = Base64URL.decode(Array(text.utf8)) else {
            Issue.record("no modulus")
            return
        }
        var jwk = site.key.jwk
        jwk["n"] = .string(Base64URL.encode([0] + modulus))
        site.world.serve(keySet(jwk), at: TestSite.keysURL)
        #expect(await site.code(try site.token()) == nil)
    }

    @Test(
        "An RSA modulus under 2048 and over 8192 bits is left out",
        arguments: [(128, 0xFF), (255, 0xFF), (256, 0x7F), (1025, 0xFF)]
    )
    func weakModulus(bytes: Int, first: UInt8) async throws {
        let modulus = [first] + Array(repeating: 0xFF, count: bytes - 1)
        let jwk: [String: ClaimValue] = ["kty": "RSA", "n": .string(Base64URL.encode(modulus)), "e": "AQAB"]
        #expect(try await ring(jwk).keys.isEmpty)
    }

    @Test(
        "A point that is not on its curve, or of another size, is left out",
        arguments: [.es256, .es384, .es512] as [SignatureAlgorithm]
    )
    func badPoint(algorithm: SignatureAlgorithm) async throws {
        let good = try await TestKey.make(algorithm).jwk
        var swapped = good
        swapped["x"] = good["y"]
        swapped["y"] = good["x"]
        var zero = good
        let size = [.es256: 32, .es384: 48, .es512: 66][algorithm] ?? 0
        zero["x"] = .string(Base64URL.encode(Array(repeating: 0, count: size)))
        zero["y"] = zero["x"]
        var other = good
        other["crv"] = "secp256k1"
        var short = good
        short["x"] = "AAAA"
        #expect(try await ring(swapped, zero, other, short, good).keys.count == 1)
    }

    @Test("Another curve of the OKP kind, and an Ed25519 key of another size, are left out")
    func badEdwards() async throws {
        let good = try await TestKey.make(.eddsa).jwk
        var other = good
        other["crv"] = "X25519"
        var long = good
        long["x"] = .string(Base64URL.encode(Array(repeating: 1, count: 33)))
        #expect(try await ring(other, long, good).keys.count == 1)
    }

    @Test("Only the first keys of a very long set are looked at")
    func manyKeys() async throws {
        let good = try await TestKey.make(.es256).jwk
        let set = ClaimValue.object(["keys": .array(Array(repeating: .object(good), count: 200))]).json
        let ring = try await KeyRing(keySet: Array(set.utf8), allowed: [.es256])
        #expect(ring.keys.count == IdentityLimits.keys)
    }

    @Test("Every truncation of a key set is refused as a whole")
    func truncations() async throws {
        let set = Array(keySet(try await TestKey.make(.es256).jwk).utf8)
        for length in set.indices {
            await #expect(throws: KeySetFault.malformedKeySet) {
                try await KeyRing(keySet: Array(set[..<length]), allowed: [.es256])
            }
        }
    }
}
