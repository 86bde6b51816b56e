/// The small texts of the formats, each in the one form that is accepted.
enum CanonicalText {
    /// A decimal number without leading zeros, at most 2^63 - 1 (what every implementation of these formats can hold).
    static func number(_ text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, text.count <= 19, first != 0x30 || text.count == 1 else { return nil }
        var value: UInt64 = 0
        for digit in text {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + UInt64(digit - 0x30)
        }
        return value <= UInt64(Int64.max) ? value : nil
    }

    /// The bytes of lower-case hexadecimal digits.
    static func hexadecimal(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in text {
            let nibble: UInt8
            switch digit {
            case 0x30...0x39: nibble = digit - 0x30
            case 0x61...0x66: nibble = digit - 0x57
            default: return nil
            }
            if let upper = high {
                bytes.append(upper << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return bytes
    }

    static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
        let digits: StaticString = "0123456789abcdef"
        let text = bytes.flatMap { [digits.utf8Start[Int($0 >> 4)], digits.utf8Start[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// A key's or witness's name: valid UTF-8, not empty, no Unicode white space, no `+` (signed-note, Format).
    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20
            }
    }
}
