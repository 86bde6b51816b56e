import AccessModel
import FoundationEssentials
import JWTKit

/// A public key of an issuer, with one verifier for each algorithm that it may be used with.
///
/// The verifiers are made when the set is loaded and never from what a token says. jwt-kit would otherwise take the
/// algorithm of the first token that names the key, and fall back to another key where the identifier is unknown.
struct VerificationKey: Sendable {
    /// The identifier in the set, opaque; nil where the set names none.
    var keyID: String?
    private var verifiers: [SignatureAlgorithm: any JWTAlgorithm]

    /// Nil for a key that cannot serve: of another use or kind, too weak, private, malformed, or of no allowed
    /// algorithm. RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2.
    init?(_ members: [String: ClaimValue], allowed: Set<SignatureAlgorithm>) async {
        let use = members["use"]
        // A set that publishes a private key has lost it.
        guard members["d"] == nil, use == nil || use == .string("sig") else { return nil }
        if let operations = members["key_ops"] {
            guard case .array(let names) = operations, names.contains(.string("verify")) else { return nil }
        }
        switch members["kid"] {
        case nil: keyID = nil
        case .string(let name)? where !name.isEmpty && name.utf8.count <= IdentityLimits.keyID: keyID = name
        default: return nil
        }
        guard let material = KeyMaterial(members) else { return nil }
        var algorithms = allowed.intersection(material.algorithms)
        if let declared = members["alg"] {
            guard case .string(let name) = declared, let algorithm = SignatureAlgorithm(name: name) else { return nil }
            algorithms.formIntersection([algorithm])
        }
        verifiers = [:]
        for algorithm in algorithms {
            verifiers[algorithm] = await material.verifier(for: algorithm)
        }
        guard !verifiers.isEmpty else { return nil }
    }

    func fits(_ algorithm: SignatureAlgorithm) -> Bool {
        verifiers[algorithm] != nil
    }

    /// Whether this key made the token's signature. False for a signature of the wrong length or form.
    func verifies(_ token: CompactToken) -> Bool {
        guard let verifier = verifiers[token.header.algorithm] else { return false }
        return (try? verifier.verify(token.signature, signs: token.signingInput)) ?? false
    }
}
