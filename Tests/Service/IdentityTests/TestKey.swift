import AccessModel
import Crypto
import FoundationEssentials
import JWTKit
import _CryptoExtras

@testable import Identity

/// A key pair of an issuer that exists only in tests.
struct TestKey: Sendable {
    let keyID: String
    let algorithm: SignatureAlgorithm
    let signer: any JWTAlgorithm
    /// The public half, as in a JWK Set, without `alg`.
    let jwk: [String: ClaimValue]
    /// The public half, as an attacker would use it for an HMAC secret.
    let publicPEM: String

    /// Made once: RSA keys take long to make.
    static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }
    static let otherRSA = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    static func make(
        _ algorithm: SignatureAlgorithm,
        _ keyID: String = "key-1",
        rsa: Result<_RSA.Signing.PrivateKey, any Error> = TestKey.rsa
    ) async throws -> TestKey {
        let keys = JWTKeyCollection()
        let jwk: [String: ClaimValue]
        let pem: String
        switch algorithm {
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512:
            let key = try Insecure.RSA.PrivateKey(backing: try rsa.get())
            let digest: DigestAlgorithm =
                [.rs256, .ps256].contains(algorithm)
                ? .sha256 : [.rs384, .ps384].contains(algorithm) ? .sha384 : .sha512
            if algorithm.rawValue.hasPrefix("RS") {
                await keys.add(rsa: key, digestAlgorithm: digest)
            } else {
                await keys.add(pss: key, digestAlgorithm: digest)
            }
            let numbers = try key.publicKey.getKeyPrimitives()
            jwk = ["kty": "RSA", "n": encoded(numbers.modulus), "e": encoded(numbers.publicExponent)]
            pem = key.publicKey.pemRepresentation
        case .es256:
            let key = P256.Signing.PrivateKey()
            await keys.add(ecdsa: try ES256PrivateKey(backing: key))
            jwk = curve("P-256", key.publicKey.rawRepresentation)
            pem = key.publicKey.pemRepresentation
        case .es384:
            let key = P384.Signing.PrivateKey()
            await keys.add(ecdsa: try ES384PrivateKey(backing: key))
            jwk = curve("P-384", key.publicKey.rawRepresentation)
            pem = key.publicKey.pemRepresentation
        case .es512:
            let key = P521.Signing.PrivateKey()
            await keys.add(ecdsa: try ES512PrivateKey(backing: key))
            jwk = curve("P-521", key.publicKey.rawRepresentation)
            pem = key.publicKey.pemRepresentation
        case .eddsa:
            let key = Curve25519.Signing.PrivateKey()
            await keys.add(eddsa: EdDSA.PrivateKey(backing: key))
            jwk = ["kty": "OKP", "crv": "Ed25519", "x": encoded(key.publicKey.rawRepresentation)]
            pem = String(decoding: key.publicKey.rawRepresentation, as: UTF8.self)
        }
        return TestKey(
            keyID: keyID,
            algorithm: algorithm,
            signer: try await keys.getKey(),
            jwk: jwk.merging(["kid": .string(keyID), "use": "sig"]) { _, new in new },
            publicPEM: pem
        )
    }

    func sign(
        _ claims: [String: ClaimValue],
        header: [String: ClaimValue?] = [:]
    ) throws -> [UInt8] {
        try sign(payload: ClaimValue.object(claims).json, header: header)
    }

    /// A token over a payload as it stands. Members of `header` replace the usual ones; nil takes one away.
    func sign(payload: String, header: [String: ClaimValue?] = [:]) throws -> [UInt8] {
        var members: [String: ClaimValue] = [
            "alg": .string(algorithm.rawValue), "kid": .string(keyID), "typ": "JWT",
        ]
        for (name, value) in header { members[name] = value }
        return try sign(rawHeader: ClaimValue.object(members).json, payload: payload)
    }

    func sign(rawHeader: String, payload: String) throws -> [UInt8] {
        let input = "\(Base64URL.encode(rawHeader.utf8)).\(Base64URL.encode(payload.utf8))"
        return Array("\(input).\(Base64URL.encode(try signer.sign(Array(input.utf8))))".utf8)
    }

    private static func encoded(_ bytes: some Sequence<UInt8>) -> ClaimValue {
        .string(Base64URL.encode(bytes))
    }

    private static func curve(_ name: String, _ raw: Data) -> [String: ClaimValue] {
        let half = raw.count / 2
        return ["kty": "EC", "crv": .string(name), "x": encoded(raw.prefix(half)), "y": encoded(raw.dropFirst(half))]
    }
}

/// A JWK Set.
func keySet(_ keys: [String: ClaimValue]...) -> String {
    ClaimValue.object(["keys": .array(keys.map { .object($0) })]).json
}
