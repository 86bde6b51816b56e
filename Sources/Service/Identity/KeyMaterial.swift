import AccessModel
import JWTKit

/// The numbers of a public key, checked.
enum KeyMaterial: Sendable {
    case rsa(Insecure.RSA.PublicKey)
    case p256(ES256PublicKey)
    case p384(ES384PublicKey)
    case p521(ES512PublicKey)
    case ed25519(EdDSA.PublicKey)

    /// Nil for an unknown kind or curve, a point that is not on its curve, an RSA modulus under 2048 or over 8192
    /// bits, an exponent that is even, 1, or over four bytes.
    init?(_ members: [String: ClaimValue]) {
        guard case .string(let kind)? = members["kty"] else { return nil }
        let made: KeyMaterial? =
            switch kind {
            case "RSA": KeyMaterial.rsa(members)
            case "EC": KeyMaterial.curve(members)
            case "OKP": KeyMaterial.edwards(members)
            default: nil
            }
        guard let made else { return nil }
        self = made
    }

    var algorithms: [SignatureAlgorithm] {
        switch self {
        case .rsa: SignatureAlgorithm.rsa
        case .p256: [.es256]
        case .p384: [.es384]
        case .p521: [.es512]
        case .ed25519: [.eddsa]
        }
    }

    func verifier(for algorithm: SignatureAlgorithm) async -> (any JWTAlgorithm)? {
        let keys = JWTKeyCollection()
        switch (self, algorithm) {
        case (.rsa(let key), .rs256): await keys.add(rsa: key, digestAlgorithm: .sha256)
        case (.rsa(let key), .rs384): await keys.add(rsa: key, digestAlgorithm: .sha384)
        case (.rsa(let key), .rs512): await keys.add(rsa: key, digestAlgorithm: .sha512)
        case (.rsa(let key), .ps256): await keys.add(pss: key, digestAlgorithm: .sha256)
        case (.rsa(let key), .ps384): await keys.add(pss: key, digestAlgorithm: .sha384)
        case (.rsa(let key), .ps512): await keys.add(pss: key, digestAlgorithm: .sha512)
        case (.p256(let key), .es256): await keys.add(ecdsa: key)
        case (.p384(let key), .es384): await keys.add(ecdsa: key)
        case (.p521(let key), .es512): await keys.add(ecdsa: key)
        case (.ed25519(let key), .eddsa): await keys.add(eddsa: key)
        default: return nil
        }
        return try? await keys.getKey()
    }

    private static func rsa(_ members: [String: ClaimValue]) -> KeyMaterial? {
        // Java's BigInteger puts a zero byte before the modulus, and Jenkins publishes it so.
        guard let modulus = bytes(members["n"])?.drop(while: { $0 == 0 }),
            let exponent = bytes(members["e"])?.drop(while: { $0 == 0 }),
            let first = modulus.first, (256...1024).contains(modulus.count), modulus.count > 256 || first >= 0x80,
            let last = exponent.last, last & 1 == 1, exponent.count <= 4, exponent.count > 1 || last > 1
        else { return nil }
        let key = try? Insecure.RSA.PublicKey(
            modulus: Base64URL.encode(modulus),
            exponent: Base64URL.encode(exponent)
        )
        return key.map { .rsa($0) }
    }

    private static func curve(_ members: [String: ClaimValue]) -> KeyMaterial? {
        guard case .string(let name)? = members["crv"], let x = bytes(members["x"]), let y = bytes(members["y"]),
            x.count == y.count
        else { return nil }
        let point = (x: Base64URL.encode(x), y: Base64URL.encode(y))
        return switch (name, x.count) {
        case ("P-256", 32): (try? ES256PublicKey(parameters: point)).map { .p256($0) }
        case ("P-384", 48): (try? ES384PublicKey(parameters: point)).map { .p384($0) }
        case ("P-521", 66): (try? ES512PublicKey(parameters: point)).map { .p521($0) }
        default: nil
        }
    }

    private static func edwards(_ members: [String: ClaimValue]) -> KeyMaterial? {
        guard case .string("Ed25519")? = members["crv"], let x = bytes(members["x"]), x.count == 32 else { return nil }
        return (try? EdDSA.PublicKey(x: Base64URL.encode(x), curve: .ed25519)).map { .ed25519($0) }
    }

    private static func bytes(_ value: ClaimValue?) -> [UInt8]? {
        guard case .string(let text)? = value, text.utf8.count <= 2048 else { return nil }
        return Base64URL.decode(Array(text.utf8))
    }
}
