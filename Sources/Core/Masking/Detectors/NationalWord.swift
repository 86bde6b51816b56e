/// National numbers that begin with a letter.
enum NationalWord {
    static func end(in bytes: Bytes, at start: Int) -> Int? {
        let (second, third) = (bytes[start + 1], bytes[start + 2])
        if ASCII.isDigit(second) || second == 0x2D { return spanish(in: bytes, at: start) }
        if isCapital(second), ASCII.isDigit(third) || third == 0x20 { return british(in: bytes, at: start) }
        return ASCII.isLetter(bytes[start + 15]) && !ASCII.isWord(bytes[start + 16])
            ? italian(in: bytes, at: start) : nil
    }

    /// The check letter of Spanish numbers.
    static func spanishLetter(of number: Int) -> UInt8 {
        Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23]
    }

    /// Spain, of foreigners: X, Y or Z, seven digits, their letter.
    @inline(never)
    private static func spanish(in bytes: Bytes, at start: Int) -> Int? {
        let series = ASCII.upper(bytes[start]) &- 0x58
        guard series < 3 else { return nil }
        let first = bytes[start + 1] == 0x2D ? start + 2 : start + 1
        guard bytes.end(from: first, limit: 8, while: ASCII.isDigit) == first + 7 else { return nil }
        let number = (0..<7).reduce(Int(series)) { $0 * 10 + Int(bytes[first + $1] &- 0x30) }
        let letter = bytes[first + 7] == 0x2D ? first + 8 : first + 7
        return spanishLetter(of: number) == ASCII.upper(bytes[letter]) && !ASCII.isWord(bytes[letter + 1])
            ? letter + 1 : nil
    }

    /// United Kingdom: two letters that are in use, six digits, A to D, in capitals; `AB 12 34 56 C` too.
    @inline(never)
    private static func british(in bytes: Bytes, at start: Int) -> Int? {
        let (first, second) = (bytes[start], bytes[start + 1])
        guard isCapital(first), isCapital(second), !"DFIQUV".utf8.contains(first), !"DFIQUVO".utf8.contains(second)
        else {
            return nil
        }
        let pair = String(decoding: [first, second], as: UTF8.self)
        guard !["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].contains(pair) else { return nil }
        var index = start + 2
        for _ in 0..<3 {
            if bytes[index] == 0x20 { index += 1 }
            guard ASCII.isDigit(bytes[index]), ASCII.isDigit(bytes[index + 1]) else { return nil }
            index += 2
        }
        if bytes[index] == 0x20 { index += 1 }
        return bytes[index] &- 0x41 < 4 && !ASCII.isWord(bytes[index + 1]) ? index + 1 : nil
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        byte &- 0x41 < 26
    }

    /// Italy: six letters, then digits and letters as `00A00A000`, and the check letter. Digits may be letters, too, where
    /// two people would have one code.
    @inline(never)
    private static func italian(in bytes: Bytes, at start: Int) -> Int? {
        guard bytes.end(from: start, limit: 17, while: ASCII.isWord) == start + 16 else { return nil }
        var sum = 0
        for (offset, kind) in "LLLLLLDDLDDLDDDL".utf8.enumerated() {
            let byte = ASCII.upper(bytes[start + offset])
            let isDigit = ASCII.isDigit(byte) || "LMNPQRSTUV".utf8.contains(byte)
            guard kind == 0x4C ? isCapital(byte) : isDigit else { return nil }
            guard offset < 15 else { return Int(byte &- 0x41) == sum % 26 ? start + 16 : nil }
            let value = Int(ASCII.isDigit(byte) ? byte &- 0x30 : byte &- 0x41)
            sum += offset % 2 == 0 ? odd[value] : value
        }
        return nil
    }

    /// What a character counts at an odd place.
    private static let odd = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]
}
