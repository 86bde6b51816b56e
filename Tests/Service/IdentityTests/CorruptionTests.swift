import AccessModel
import Testing

@testable import Identity

@Suite("A token that was touched is refused")
struct CorruptionTests {
    @Test("Every truncation is refused", arguments: [.es256, .rs256, .eddsa] as [SignatureAlgorithm])
    func truncations(algorithm: SignatureAlgorithm) async throws {
        let site = try await TestSite.make(algorithm)
        let token = try site.token()
        #expect(await site.code(token) == nil)
        for length in token.indices {
            #expect(await site.code(Array(token[..<length])) != nil, "cut at \(length)")
        }
    }

    @Test("Every change of one byte is refused", arguments: [.es256, .rs256, .eddsa] as [SignatureAlgorithm])
    func changes(algorithm: SignatureAlgorithm) async throws {
        let site = try await TestSite.make(algorithm)
        let token = try site.token()
        for index in token.indices {
            for mask in [0x01, 0x20, 0x80] as [UInt8] {
                var changed = token
                changed[index] ^= mask
                #expect(await site.code(changed) != nil, "byte \(index) with \(mask)")
            }
        }
    }

    @Test("Every byte put in or taken out is refused")
    func insertions() async throws {
        let site = try await TestSite.make()
        let token = try site.token()
        for index in token.indices {
            for byte in [0x41, 0x2E, 0x3D, 0x20, 0x00] as [UInt8] {
                var longer = token
                longer.insert(byte, at: index)
                #expect(await site.code(longer) != nil, "\(byte) at \(index)")
            }
            var shorter = token
            shorter.remove(at: index)
            #expect(await site.code(shorter) != nil, "without \(index)")
        }
    }

    @Test(
        "A signature of the wrong length or form is refused",
        arguments: [0, 1, 32, 63, 64, 65, 72, 96, 132, 256, 1024]
    )
    func signatures(length: Int) async throws {
        for algorithm in SignatureAlgorithm.allCases {
            let site = try await TestSite.make(algorithm)
            let parts = try site.token().split(separator: 0x2E)
            for byte in [0x00, 0xFF, 0x30] as [UInt8] {
                let signature = Base64URL.encode(Array(repeating: byte, count: length))
                let token = parts[0] + [0x2E] + parts[1] + [0x2E] + Array(signature.utf8)
                #expect(await site.code(Array(token)) == (length == 0 ? .malformed : .badSignature))
            }
        }
    }

    @Test(
        "Anything after a good token is refused",
        arguments: [".", ".AAAA", "..", ".AAAA.AAAA", "A", "=", "\n", "\u{0}"]
    )
    func suffixes(suffix: String) async throws {
        let site = try await TestSite.make()
        #expect(await site.code(try site.token() + Array(suffix.utf8)) != nil)
    }

    @Test("The signature of one token does not serve another")
    func transplants() async throws {
        let site = try await TestSite.make()
        let one = try site.token().split(separator: 0x2E)
        let other = try site.token(["sub": "job:2"]).split(separator: 0x2E)
        let mixed = one[0] + [0x2E] + other[1] + [0x2E] + one[2]
        #expect(await site.code(Array(mixed)) == .badSignature)
    }
}
