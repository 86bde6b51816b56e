import AccessModel

/// The usable keys of an issuer at one time.
struct KeyRing: Sendable {
    /// What a ring says of a token.
    enum Match: Hashable, Sendable {
        case verified
        /// No key has the token's `kid`, or the token has none and the ring has not exactly one key.
        case unknownKey
        /// A key has the `kid`, and is of another kind than the token's `alg`.
        case keyMismatch
        case badSignature
    }

    private(set) var keys: [VerificationKey]

    /// Reads a JWK Set (RFC 7517 section 5). A key that cannot serve is left out and does not lose the others.
    init(keySet bytes: [UInt8], allowed: Set<SignatureAlgorithm>) async throws(KeySetFault) {
        guard bytes.count <= IdentityLimits.document else { throw .tooLarge }
        guard let members = try? StrictJSON.object(bytes), case .array(let entries)? = members["keys"] else {
            throw .malformedKeySet
        }
        keys = []
        for case .object(let entry) in entries.prefix(IdentityLimits.keys) {
            guard let key = await VerificationKey(entry, allowed: allowed) else { continue }
            keys.append(key)
        }
    }

    func match(_ token: CompactToken) -> Match {
        let named = named(token.header.keyID)
        guard !named.isEmpty else { return .unknownKey }
        let fitting = named.filter { $0.fits(token.header.algorithm) }
        guard !fitting.isEmpty else { return .keyMismatch }
        return fitting.contains { $0.verifies(token) } ? .verified : .badSignature
    }

    private func named(_ keyID: String?) -> [VerificationKey] {
        guard let keyID else { return keys.count == 1 ? keys : [] }
        return keys.filter { key in key.keyID.map { SafeText.isSame($0, keyID) } ?? false }
    }
}
