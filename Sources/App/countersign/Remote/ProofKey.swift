internal import Crypto
internal import Foundation

/// What a command line proves itself with: a verifier that it keeps, and its challenge (RFC 7636, `S256`); and a state, by
/// which it knows its own request again.
struct ProofKey {
    let verifier: String
    let challenge: String
    let state: String

    init() {
        var random = SystemRandomNumberGenerator()
        func text() -> String {
            ProofKey.base64URL((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        }
        verifier = text()
        challenge = ProofKey.base64URL(Array(SHA256.hash(data: Data(verifier.utf8))))
        state = text()
    }

    /// The code that the console's page shows as well: forty bits of the challenge.
    var shownCode: String {
        let sextets = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let letters = challenge.prefix(8).map { letter in symbols[(sextets.firstIndex(of: letter) ?? 0) & 31] }
        return String(letters.prefix(4)) + "-" + String(letters.dropFirst(4))
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
