internal import AccessModel
internal import Crypto

/// The first 32 hexadecimal digits of HMAC-SHA-256, with the two key blocks hashed beforehand.
struct KeyedDigest: Sendable {
    private let inner: SHA256
    private let outer: SHA256

    init(_ keys: MaskKeys) {
        var inner = SHA256()
        inner.update(data: keys.inner)
        self.inner = inner
        var outer = SHA256()
        outer.update(data: keys.outer)
        self.outer = outer
    }

    func append(_ value: UnsafeRawBufferPointer, to masked: inout [UInt8]) {
        appendDigits(of: value, to: &masked, hyphensAfter: [])
    }

    /// 8-4-4-4-12.
    func appendUUID(_ value: UnsafeRawBufferPointer, to masked: inout [UInt8]) {
        appendDigits(of: value, to: &masked, hyphensAfter: [4, 6, 8, 10])
    }

    private func appendDigits(of value: UnsafeRawBufferPointer, to masked: inout [UInt8], hyphensAfter: [Int]) {
        var inner = inner
        inner.update(bufferPointer: value)
        var outer = outer
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        for (index, byte) in outer.finalize().prefix(16).enumerated() {
            if hyphensAfter.contains(index) { masked.append(0x2D) }
            masked.append(JSONBytes.hexDigit(byte >> 4))
            masked.append(JSONBytes.hexDigit(byte & 15))
        }
    }
}
