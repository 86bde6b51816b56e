internal import AccessModel
internal import Crypto

/// A part of a page that is replaced where it shows something else now.
enum PageRegion {
    /// What tells one state of a region from another: a digest of what it was made of.
    static func key(_ bytes: [UInt8]) -> String {
        let digits = SHA256.hash(data: bytes).prefix(8).flatMap {
            [JSONBytes.hexDigit($0 >> 4), JSONBytes.hexDigit($0 & 15)]
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
