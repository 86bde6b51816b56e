/// National numbers that begin with a digit.
enum NationalNumber {
    @inline(never)
    static func end(in bytes: Bytes, at start: Int) -> Int? {
        let digits = bytes.end(from: start, limit: 16, while: ASCII.isDigit) - start
        let next = bytes[start + digits]
        switch (digits, next) {
        case (3, 0x2D): return end(of: ssn, in: bytes, at: start)
        case (3, 0x20): return end(of: spacedSSN, in: bytes, at: start)
        case (3, 0x2E): return end(of: cpf, in: bytes, at: start) ?? end(of: ahv, in: bytes, at: start)
        case (6, 0x2D): return end(of: personnummer, in: bytes, at: start)
        case (8, _): return spanish(in: bytes, at: start)
        case (11, _): return end(of: pesel, in: bytes, at: start)
        case (1, 0x20) where bytes[start + 4] == 0x20: return french(in: bytes, at: start)
        case (6, 0x41...0x62), (15, _): return french(in: bytes, at: start)
        default: return nil
        }
    }

    private static func end(of form: Form, in bytes: Bytes, at start: Int) -> Int? {
        guard let (digits, end) = form.read(bytes, at: start), form.isValid(digits) else { return nil }
        return end
    }

    /// `9` is a digit; everything else stands for itself. What follows may not be a letter or a digit.
    private struct Form: Sendable {
        var picture: StaticString
        var isValid: @Sendable ([Int]) -> Bool

        func read(_ bytes: Bytes, at start: Int) -> ([Int], Int)? {
            let length = picture.utf8CodeUnitCount
            guard start + length <= bytes.count, !ASCII.isWord(bytes[start + length]), fits(bytes, start) else {
                return nil
            }
            let digits = (start..<(start + length)).compactMap {
                ASCII.isDigit(bytes[$0]) ? Int(bytes[$0] &- 0x30) : nil
            }
            return (digits, start + length)
        }

        private func fits(_ bytes: Bytes, _ start: Int) -> Bool {
            picture.withUTF8Buffer { picture in
                for offset in 0..<picture.count {
                    let byte = bytes[start + offset]
                    guard picture[offset] == 0x39 ? ASCII.isDigit(byte) : byte == picture[offset] else { return false }
                }
                return true
            }
        }
    }

    private static let ssn = Form(picture: "999-99-9999", isValid: isSSN)
    private static let spacedSSN = Form(picture: "999 99 9999", isValid: isSSN)
    private static let cpf = Form(picture: "999.999.999-99", isValid: isCPF)
    private static let ahv = Form(picture: "999.9999.9999.99", isValid: isAHV)
    private static let personnummer = Form(picture: "999999-9999", isValid: isPersonnummer)
    private static let pesel = Form(picture: "99999999999", isValid: isPESEL)

    /// United States: no area 000, 666 or 9xx, no group 00, no serial 0000.
    private static func isSSN(_ digits: [Int]) -> Bool {
        let area = digits[0] * 100 + digits[1] * 10 + digits[2]
        return area != 0 && area != 666 && area < 900 && digits[3] + digits[4] > 0 && digits[5...].contains { $0 != 0 }
    }

    /// Brazil: two check digits, modulo 11.
    private static func isCPF(_ digits: [Int]) -> Bool {
        guard digits.contains(where: { $0 != digits[0] }) else { return false }
        return [9, 10].allSatisfy { length in
            let sum = (0..<length).reduce(0) { $0 + digits[$1] * (length + 1 - $1) }
            return sum * 10 % 11 % 10 == digits[length]
        }
    }

    /// Poland: a date of birth of 1900 to 2099, and a check digit.
    private static func isPESEL(_ digits: [Int]) -> Bool {
        let month = digits[2] * 10 + digits[3]
        let day = digits[4] * 10 + digits[5]
        guard (1...12).contains(month) || (21...32).contains(month), (1...31).contains(day) else { return false }
        return zip(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).reduce(0) { $0 + $1.0 * $1.1 } % 10 == 0
    }

    /// Switzerland: 756 and the check digit of EAN-13.
    private static func isAHV(_ digits: [Int]) -> Bool {
        digits.starts(with: [7, 5, 6])
            && digits.indices.reduce(0) { $0 + digits[$1] * ($1 % 2 == 0 ? 1 : 3) } % 10 == 0
    }

    /// Sweden: a date of birth, or one with 60 added to its day, and Luhn's check.
    private static func isPersonnummer(_ digits: [Int]) -> Bool {
        let month = digits[2] * 10 + digits[3]
        let day = (digits[4] * 10 + digits[5]) % 60
        guard (1...12).contains(month), (1...31).contains(day) else { return false }
        return digits.indices.reduce(0) { sum, index in
            let value = digits[index] * (index % 2 == 0 ? 2 : 1)
            return sum + value / 10 + value % 10
        } % 10 == 0
    }

    /// Spain: eight digits and their letter, `12345678Z` or `12345678-Z`.
    private static func spanish(in bytes: Bytes, at start: Int) -> Int? {
        let number = (0..<8).reduce(0) { $0 * 10 + Int(bytes[start + $1] &- 0x30) }
        let letter = bytes[start + 8] == 0x2D ? start + 9 : start + 8
        return NationalWord.spanishLetter(of: number) == ASCII.upper(bytes[letter]) && !ASCII.isWord(bytes[letter + 1])
            ? letter + 1 : nil
    }

    /// France: sex, year, month, department (2A and 2B are Corsica), commune, order, key; 15 characters, together or
    /// with single spaces.
    private static func french(in bytes: Bytes, at start: Int) -> Int? {
        guard bytes[start] == 0x31 || bytes[start] == 0x32 else { return nil }
        var digits: [Int] = []
        var corsica = 0
        var index = start
        while digits.count < 15 {
            let byte = bytes[index]
            let isCorsican =
                digits.count == 6 && digits[5] == 2 && (ASCII.upper(byte) == 0x41 || ASCII.upper(byte) == 0x42)
            if isCorsican { corsica = ASCII.upper(byte) == 0x41 ? 1_000_000 : 2_000_000 }
            guard ASCII.isDigit(byte) || isCorsican else { return nil }
            digits.append(isCorsican ? 0 : Int(byte &- 0x30))
            index += 1
            if bytes[index] == 0x20, digits.count < 15 { index += 1 }
        }
        let month = digits[3] * 10 + digits[4]
        guard !ASCII.isWord(bytes[index]), (1...12).contains(month) || (20...42).contains(month) || month >= 50 else {
            return nil
        }
        let number = digits[..<13].reduce(0) { $0 * 10 + $1 } - corsica
        return 97 - number % 97 == digits[13] * 10 + digits[14] ? index : nil
    }
}
