package import AccessModel
internal import Crypto

/// How a receiver knows that a webhook comes from this gateway and is not an old one: `t=SECONDS,v1=HMAC`, where the HMAC is
/// SHA-256 in hexadecimal over `SECONDS.BODY` with the secret that both have.
package enum WebhookSignature {
    package static let header = "Countersign-Signature"

    package static func value(of body: [UInt8], at time: Timestamp, secret: [UInt8]) -> String {
        var authentication = HMAC<SHA256>(key: SymmetricKey(data: secret))
        authentication.update(data: Array("\(time.seconds).".utf8))
        authentication.update(data: body)
        var text = JSONBytes(reserving: 64)
        for byte in authentication.finalize() {
            text.appendRaw(byte: JSONBytes.hexDigit(byte >> 4))
            text.appendRaw(byte: JSONBytes.hexDigit(byte & 15))
        }
        return "t=\(time.seconds),v1=\(String(decoding: text.bytes, as: UTF8.self))"
    }
}
