internal import Crypto
internal import Foundation
internal import NIOCore

/// The client's side of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677, RFC 5929 tls-server-end-point).
///
/// With TLS the -PLUS mechanism is taken whenever it is offered, and where it is not offered the server is told that
/// binding was possible (`y`), so that a downgrade by somebody in between is seen by the server.
struct SCRAMClient {
    let mechanism: String
    private let password: String
    private let nonce: String
    private let header: String
    private let binding: [UInt8]
    private let cache: SCRAMKeyCache?
    private var serverSignature: [UInt8] = []

    /// More rounds than this are refused: the server would make us work for it.
    static let iterationLimit = 1_000_000

    init(
        password: String,
        nonce: String,
        offered: [String],
        channelBinding: [UInt8]?,
        cache: SCRAMKeyCache?
    ) throws(SCRAMError) {
        self.password = password
        self.nonce = nonce
        self.cache = cache
        if let channelBinding, offered.contains("SCRAM-SHA-256-PLUS") {
            mechanism = "SCRAM-SHA-256-PLUS"
            header = "p=tls-server-end-point,,"
            binding = channelBinding
        } else if offered.contains("SCRAM-SHA-256") {
            mechanism = "SCRAM-SHA-256"
            header = channelBinding == nil ? "n,," : "y,,"
            binding = []
        } else {
            throw .noCommonMechanism
        }
    }

    /// The user name is left empty: PostgreSQL takes the one of the StartupMessage.
    private var bare: String { "n=,r=\(nonce)" }

    func first() -> String { header + bare }

    mutating func serverFirstReceived(_ message: [UInt8]) throws(SCRAMError) -> ByteBuffer {
        guard let text = String(validating: message, as: UTF8.self) else { throw .malformed }
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count >= 3, fields[0].hasPrefix("r="), fields[1].hasPrefix("s="), fields[2].hasPrefix("i="),
            let salt = Data(base64Encoded: String(fields[1].dropFirst(2))), !salt.isEmpty,
            let iterations = Int(fields[2].dropFirst(2))
        else { throw .malformed }
        let combined = fields[0].dropFirst(2)
        guard combined.hasPrefix(nonce), combined.count > nonce.count else { throw .nonceMismatch }
        guard (1...SCRAMClient.iterationLimit).contains(iterations) else { throw .iterationsOutOfBounds }
        let keys = try keys(salt: Array(salt), iterations: iterations)
        let withoutProof = "c=\(Data(Array(header.utf8) + binding).base64EncodedString()),r=\(combined)"
        let authMessage = Array("\(bare),\(text),\(withoutProof)".utf8)
        serverSignature = SCRAMClient.hmac(keys.server, authMessage)
        let stored = Array(SHA256.hash(data: keys.client))
        let proof = zip(keys.client, SCRAMClient.hmac(stored, authMessage)).map { $0 ^ $1 }
        var buffer = ByteBuffer()
        buffer.writeMessage(FrontendKind.password.rawValue) {
            $0.writeString("\(withoutProof),p=\(Data(proof).base64EncodedString())")
        }
        return buffer
    }

    func serverFinalReceived(_ message: [UInt8]) throws(SCRAMError) {
        guard let text = String(validating: message, as: UTF8.self) else { throw .malformed }
        guard !text.hasPrefix("e=") else { throw .serverError }
        let value = text.prefix(while: { $0 != "," })
        guard value.hasPrefix("v="), let signature = Data(base64Encoded: String(value.dropFirst(2))) else {
            throw .malformed
        }
        // Both are public by now, and HMAC outputs: no timing to learn from, but a constant time costs nothing.
        guard !serverSignature.isEmpty, signature.count == serverSignature.count,
            zip(signature, serverSignature).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0
        else { throw .wrongServerSignature }
    }

    private func keys(salt: [UInt8], iterations: Int) throws(SCRAMError) -> SCRAMKeys {
        guard let cache else { return try SCRAMKeys(password: password, salt: salt, iterations: iterations) }
        return try cache.keys(password: password, salt: salt, iterations: iterations)
    }

    private static func hmac(_ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }
}
