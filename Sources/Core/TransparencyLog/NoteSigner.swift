internal import Crypto

/// A private key that signs notes under a name. It is never printed.
package struct NoteSigner: Sendable {
    package let key: NoteVerifierKey
    private let privateKey: Curve25519.Signing.PrivateKey

    /// `seed`: the 32 bytes of an Ed25519 private key (RFC 8032 section 5.1.5).
    package init(name: String, algorithm: NoteVerifierKey.Algorithm, seed: [UInt8]) throws(NoteError) {
        guard let privateKey = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw .malformedKey
        }
        self.privateKey = privateKey
        key = try NoteVerifierKey(
            name: name,
            algorithm: algorithm,
            publicKey: Array(privateKey.publicKey.rawRepresentation)
        )
    }

    /// The signature line over a note's text. `time` is when, in seconds since 1970; a log's key has no use for it, and a
    /// witness's cannot sign without.
    package func signature(of text: [UInt8], time: UInt64? = nil) throws(NoteError) -> NoteSignature {
        let message: [UInt8]
        var bytes: [UInt8] = []
        switch (key.algorithm, time) {
        case (.ed25519, nil): message = text
        case (.cosignature, let time?) where time <= UInt64(Int64.max):
            bytes = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) }
            message = NoteVerifierKey.cosigned(text, time: time)
        default: throw .unsupportedKey(type: key.algorithm.rawValue)
        }
        guard let signature = try? privateKey.signature(for: message) else { throw .malformedKey }
        return NoteSignature(name: key.name, keyID: key.id, bytes: bytes + signature)
    }
}

extension NoteSigner: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "the signer of \(key)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["key": key]) }
}
