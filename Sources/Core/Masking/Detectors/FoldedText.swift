/// A value with the characters that look like ASCII written in ASCII, and where each byte came from: full-width forms,
/// digits of Arabic and of mathematics, spaces and dashes of typography. Invisible characters are left out.
struct FoldedText {
    private(set) var bytes: [UInt8] = []
    /// Offsets in the value, one for each byte and one for the end.
    private var origins: [Int] = []

    /// Nil where there is nothing to fold, which costs no allocation.
    init?(_ value: UnsafeRawBufferPointer) {
        guard FoldedText.mayFold(value) else { return nil }
        bytes.reserveCapacity(value.count)
        origins.reserveCapacity(value.count + 1)
        var index = 0
        var isFolded = false
        while index < value.count {
            let (length, folded) = FoldedText.character(value, at: index)
            if let folded {
                isFolded = true
                if folded != 0 { append(folded, from: index) }
            } else {
                for offset in 0..<length { append(value[index + offset], from: index + offset) }
            }
            index += length
        }
        guard isFolded else { return nil }
        origins.append(value.count)
    }

    private mutating func append(_ byte: UInt8, from origin: Int) {
        bytes.append(byte)
        origins.append(origin)
    }

    /// What a range of `bytes` is in the value.
    func range(of range: Range<Int>) -> Range<Int> {
        origins[range.lowerBound]..<origins[range.upperBound]
    }

    private static func mayFold(_ value: UnsafeRawBufferPointer) -> Bool {
        for byte in value where byte >= 0xC2 {
            switch byte {
            case 0xC2, 0xD9, 0xDB, 0xE2, 0xE3, 0xEF, 0xF0: return true
            default: continue
            }
        }
        return false
    }

    /// How many bytes the character has, and the ASCII that it is folded to: 0 is none at all.
    private static func character(_ value: UnsafeRawBufferPointer, at index: Int) -> (length: Int, folded: UInt8?) {
        func tail(_ offset: Int) -> UInt32? {
            guard index + offset < value.count, value[index + offset] & 0xC0 == 0x80 else { return nil }
            return UInt32(value[index + offset] & 0x3F)
        }
        let lead = UInt32(value[index])
        switch lead {
        case 0xC2...0xDF:
            guard let a = tail(1) else { return (1, nil) }
            return (2, fold((lead & 0x1F) << 6 | a))
        case 0xE0...0xEF:
            guard let a = tail(1), let b = tail(2) else { return (1, nil) }
            return (3, fold((lead & 0x0F) << 12 | a << 6 | b))
        case 0xF0...0xF4:
            guard let a = tail(1), let b = tail(2), let c = tail(3) else { return (1, nil) }
            return (4, fold((lead & 0x07) << 18 | a << 12 | b << 6 | c))
        default: return (1, nil)
        }
    }

    private static func fold(_ character: UInt32) -> UInt8? {
        switch character {
        case 0xFF01...0xFF5E: UInt8(character - 0xFF01 + 0x21)
        case 0x0660...0x0669: UInt8(character - 0x0660 + 0x30)
        case 0x06F0...0x06F9: UInt8(character - 0x06F0 + 0x30)
        case 0x1D7CE...0x1D7FF: UInt8((character - 0x1D7CE) % 10 + 0x30)
        case 0x00A0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: 0x20
        case 0x2010...0x2015, 0x2212: 0x2D
        case 0x00AD, 0x200B...0x200F, 0x2060, 0xFEFF: 0
        default: nil
        }
    }
}
