import AccessModel

/// Bytes as lower-case hexadecimal digits.
package enum Hexadecimal {
    package static func string(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        for byte in bytes {
            digits.append(JSONBytes.hexDigit(byte >> 4))
            digits.append(JSONBytes.hexDigit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The bytes of lower-case digits; nil for anything else.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var nibbles: [UInt8] = []
        for digit in text.utf8 {
            switch digit {
            case 0x30...0x39: nibbles.append(digit - 0x30)
            case 0x61...0x66: nibbles.append(digit - 0x57)
            default: return nil
            }
        }
        guard nibbles.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }
}
