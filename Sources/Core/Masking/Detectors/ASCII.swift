/// Kinds of bytes.
enum ASCII {
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26
    }

    /// What a word is made of: letters and digits.
    static func isWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte)
    }

    static func isBase64URL(_ byte: UInt8) -> Bool {
        isWord(byte) || byte == 0x2D || byte == 0x5F
    }

    static func lower(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    static func upper(_ byte: UInt8) -> UInt8 {
        byte &- 0x61 < 26 ? byte & 0xDF : byte
    }
}
