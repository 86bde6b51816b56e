internal import Crypto

/// A public key with the name that it signs notes under (signed-note, Verifier keys; tlog-cosignature, Format).
package struct NoteVerifierKey: Sendable {
    package enum Algorithm: UInt8, Hashable, Sendable {
        /// A log's key: Ed25519 over the text.
        case ed25519 = 0x01
        /// A witness's key: Ed25519 over the text with the time before it.
        case cosignature = 0x04
    }

    package let name: String
    /// The first four bytes of SHA-256(name || 0x0A || type || key), big-endian. It tells keys apart and secures nothing.
    package let id: UInt32
    package let algorithm: Algorithm
    /// 32 bytes.
    package let publicKey: [UInt8]

    private static let longestText = 1024

    /// Throws `NoteError.malformedKey` for a name that a note cannot have, and for another count than 32 bytes.
    package init(name: String, algorithm: Algorithm, publicKey: [UInt8]) throws(NoteError) {
        guard CanonicalText.isName(name), publicKey.count == 32 else { throw .malformedKey }
        self.name = name
        self.algorithm = algorithm
        self.publicKey = publicKey
        id = SHA256.hash(data: Array(name.utf8) + [0x0A, algorithm.rawValue] + publicKey)
            .prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Parses `name+hex id+base64(type || key)`. The id must be the key's own.
    package init(_ text: some StringProtocol) throws(NoteError) {
        let parts = text.utf8.split(separator: 0x2B, maxSplits: 2, omittingEmptySubsequences: false)
        guard text.utf8.count <= NoteVerifierKey.longestText, parts.count == 3,
            let name = String(validating: parts[0], as: UTF8.self), CanonicalText.isName(name),
            parts[1].count == 8, let id = CanonicalText.hexadecimal(parts[1]),
            let key = Base64.bytes(parts[2]), let type = key.first
        else { throw .malformedKey }
        guard let algorithm = Algorithm(rawValue: type) else { throw .unsupportedKey(type: type) }
        try self.init(name: name, algorithm: algorithm, publicKey: Array(key.dropFirst()))
        guard id.reduce(0, { $0 << 8 | UInt32($1) }) == self.id else { throw .malformedKey }
    }

    /// The text form, `name+hex id+base64(type || key)`.
    package var text: String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: self.id >> (24 - 8 * $0)) }
        return "\(name)+\(CanonicalText.hexadecimal(of: id))+\(Base64.text([algorithm.rawValue] + publicKey))"
    }

    /// Whether a signature line names this key.
    package func isNamed(by signature: NoteSignature) -> Bool {
        signature.keyID == id && signature.name.utf8.elementsEqual(name.utf8)
    }

    /// Whether this key made the signature over the text; of a cosignature also when, in seconds since 1970.
    func verify(_ signature: NoteSignature, of text: [UInt8]) -> VerifiedSignature? {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return nil }
        switch algorithm {
        case .ed25519:
            guard signature.bytes.count == 64, key.isValidSignature(signature.bytes, for: text) else { return nil }
            return VerifiedSignature(key: self, time: nil)
        case .cosignature:
            guard signature.bytes.count == 72 else { return nil }
            let time = signature.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
            guard time <= UInt64(Int64.max) else { return nil }
            let message = NoteVerifierKey.cosigned(text, time: time)
            guard key.isValidSignature(Array(signature.bytes.dropFirst(8)), for: message) else { return nil }
            return VerifiedSignature(key: self, time: time)
        }
    }

    /// What a witness signs (tlog-cosignature, Ed25519 signed message).
    static func cosigned(_ text: [UInt8], time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }
}

extension NoteVerifierKey: Hashable, CustomStringConvertible {
    package static func == (left: NoteVerifierKey, right: NoteVerifierKey) -> Bool {
        left.algorithm == right.algorithm && left.publicKey == right.publicKey
            && left.name.utf8.elementsEqual(right.name.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(publicKey)
    }

    package var description: String { text }
}
