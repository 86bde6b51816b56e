/// Standard base 64 (RFC 4648 section 4), with padding, in its one canonical form.
///
/// Every byte string has exactly one text here: what two decoders could read differently is refused, so that a proof
/// cannot be changed and stay the same proof.
package enum Base64 {
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        var letters: [UInt8] = []
        append(bytes, to: &letters)
        return String(decoding: letters, as: UTF8.self)
    }

    package static func append(_ bytes: some Sequence<UInt8>, to text: inout [UInt8]) {
        var held: UInt32 = 0
        var count = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            count += 1
            if count == 3 {
                for shift in [18, 12, 6, 0] as [UInt32] { text.append(letter(held >> shift)) }
                (held, count) = (0, 0)
            }
        }
        switch count {
        case 1: text += [letter(held >> 2), letter(held << 4), 0x3D, 0x3D]
        case 2: text += [letter(held >> 10), letter(held >> 4), letter(held << 2), 0x3D]
        default: break
        }
    }

    /// The bytes; nil for another alphabet, missing or surplus padding, white space, or bits that are cut away but not 0.
    package static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        let letters = Array(text)
        guard letters.count.isMultiple(of: 4) else { return nil }
        let padding = letters.suffix(2).reversed().prefix { $0 == 0x3D }.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 4 * 3)
        var held: UInt32 = 0
        for (position, letter) in letters.dropLast(padding).enumerated() {
            guard let value = value(of: letter) else { return nil }
            held = held << 6 | value
            guard position % 4 == 3 else { continue }
            bytes += [UInt8(truncatingIfNeeded: held >> 16), UInt8(truncatingIfNeeded: held >> 8)]
            bytes.append(UInt8(truncatingIfNeeded: held))
            held = 0
        }
        switch padding {
        case 1:
            guard held & 0b11 == 0 else { return nil }
            bytes += [UInt8(truncatingIfNeeded: held >> 10), UInt8(truncatingIfNeeded: held >> 2)]
        case 2:
            guard held & 0b1111 == 0 else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: held >> 4))
        default: break
        }
        return bytes
    }

    private static func letter(_ bits: UInt32) -> UInt8 {
        let letters: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        return letters.utf8Start[Int(bits & 63)]
    }

    private static func value(of letter: UInt8) -> UInt32? {
        switch letter {
        case 0x41...0x5A: UInt32(letter) - 0x41
        case 0x61...0x7A: UInt32(letter) - 0x61 + 26
        case 0x30...0x39: UInt32(letter) - 0x30 + 52
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
