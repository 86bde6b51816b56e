internal import Crypto
internal import Foundation
internal import _CryptoExtras

/// What SCRAM derives from a password, a salt and a count (RFC 5802 section 3). As good as the password: never logged.
package struct SCRAMKeys: Sendable {
    package let client: [UInt8]
    package let server: [UInt8]

    /// PBKDF2 with SHA-256; costs about a millisecond at 4,096 rounds.
    init(password: String, salt: [UInt8], iterations: Int) throws(SCRAMError) {
        let salted: SymmetricKey
        do {
            salted = try KDF.Insecure.PBKDF2.deriveKey(
                from: Array(SASLprep.prepare(password).utf8),
                salt: salt,
                using: .sha256,
                outputByteCount: 32,
                unsafeUncheckedRounds: iterations
            )
        } catch {
            throw .malformed
        }
        client = Array(HMAC<SHA256>.authenticationCode(for: Array("Client Key".utf8), using: salted))
        server = Array(HMAC<SHA256>.authenticationCode(for: Array("Server Key".utf8), using: salted))
    }
}
