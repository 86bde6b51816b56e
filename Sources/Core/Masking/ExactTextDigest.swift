internal import AccessModel
internal import Crypto

/// A keyed hash that tells whether a redacted text was a given one, to who has the key: HMAC-SHA-256, 64 hexadecimal
/// digits. Without the key a password in the text could be guessed from its hash.
package struct ExactTextDigest: Sendable {
    private let key: SymmetricKey

    /// Nil for a key shorter than 32 bytes.
    package init?(key: [UInt8]) {
        guard key.count >= 32 else { return nil }
        self.key = SymmetricKey(data: key)
    }

    package func hexDigits(of text: UnsafeRawBufferPointer) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        code.update(data: text)
        return code.finalize().flatMap { [JSONBytes.hexDigit($0 >> 4), JSONBytes.hexDigit($0 & 15)] }
    }
}
