/// International bank account numbers (ISO 13616): a country's length, the check of ISO 7064 (mod 97-10), in one piece or
/// with one space or dash between groups.
enum IBANForm {
    static func end(in bytes: Bytes, at start: Int) -> Int? {
        guard ASCII.isDigit(bytes[start + 2]), ASCII.isDigit(bytes[start + 3]), ASCII.isLetter(bytes[start + 1]) else {
            return nil
        }
        return checkedEnd(in: bytes, at: start)
    }

    @inline(never)
    private static func checkedEnd(in bytes: Bytes, at start: Int) -> Int? {
        let country = UInt16(ASCII.upper(bytes[start])) << 8 | UInt16(ASCII.upper(bytes[start + 1]))
        guard let length = lengths[country] else { return nil }
        // The first four characters count last.
        var head = 0
        var remainder = 0
        var taken = 0
        var index = start
        while taken < length {
            let byte = bytes[index]
            if byte == 0x20 || byte == 0x2D, ASCII.isWord(bytes[index + 1]), taken % 4 == 0, index > start {
                index += 1
                continue
            }
            guard ASCII.isWord(byte) else { return nil }
            remainder = step(remainder, byte)
            taken += 1
            index += 1
            if taken == 4 { (head, remainder) = (index, 0) }
        }
        guard !ASCII.isWord(bytes[index]) else { return nil }
        for place in start..<head { remainder = step(remainder, bytes[place]) }
        return remainder == 1 ? index : nil
    }

    private static func step(_ remainder: Int, _ byte: UInt8) -> Int {
        ASCII.isDigit(byte)
            ? (remainder * 10 + Int(byte &- 0x30)) % 97
            : (remainder * 100 + Int(ASCII.upper(byte) &- 0x37)) % 97
    }

    /// Of the SWIFT registry: characters with the country and the check digits.
    private static let lengths: [UInt16: Int] = {
        let registry = """
            AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 \
            ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 \
            LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 \
            QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
            """
        var lengths: [UInt16: Int] = [:]
        for entry in registry.split(separator: " ") {
            let code = Array(entry.utf8)
            lengths[UInt16(code[0]) << 8 | UInt16(code[1])] = Int(entry.dropFirst(2))
        }
        return lengths
    }()
}
