/// Numbers of payment cards: a network's prefix and length, Luhn's check (ISO/IEC 7812-1), in one piece or in groups of
/// one size (the last may be shorter, and the 4-6-5 and 4-6-4 of some networks) with one space or dash between.
enum CardForm {
    /// The end of the longest number that begins at the beginning of a word.
    static func end(in bytes: Bytes, at start: Int) -> Int? {
        mayBegin(bytes[start], bytes[start + 1]) ? longestEnd(in: bytes, at: start) : nil
    }

    @inline(never)
    private static func longestEnd(in bytes: Bytes, at start: Int) -> Int? {
        var number: UInt64 = 0
        var groups = DigitGroups()
        var index = start
        var best: Int?
        while true {
            let end = bytes.end(from: index, while: ASCII.isDigit)
            guard end > index, groups.append(end - index) else { break }
            for place in index..<end { number = number * 10 + UInt64(bytes[place] &- 0x30) }
            if !ASCII.isLetter(bytes[end]), groups.isEven, isCard(number, digits: groups.digits) { best = end }
            let separator = bytes[end]
            guard separator == 0x20 || separator == 0x2D, groups.accepts(separator) else { break }
            index = end + 1
        }
        return best
    }

    /// By the first digit, and the second where it stands beside it.
    private static func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
        let isAlone = !ASCII.isDigit(second)
        return switch first {
        case 0x32: isAlone || second &- 0x32 < 6
        case 0x33: isAlone || second == 0x30 || second >= 0x34
        case 0x38: isAlone || second &- 0x31 < 2
        case 0x34...0x36: true
        default: false
        }
    }

    private static func isCard(_ number: UInt64, digits: Int) -> Bool {
        guard digits >= 13 else { return false }
        var six = number
        for _ in 0..<(digits - 6) { six /= 10 }
        return lengths(of: Int(six)).contains(digits) && passesLuhn(number)
    }

    /// By the first six digits.
    private static func lengths(of prefix: Int) -> ClosedRange<Int> {
        switch prefix {
        case 340_000...349_999, 370_000...379_999: 15...15
        case 300_000...305_999, 309_500...309_599, 360_000...369_999, 380_000...399_999: 14...19
        case 352_800...358_999: 16...19
        case 400_000...499_999: 13...19
        case 222_100...272_099, 510_000...559_999: 16...16
        case 220_000...220_499: 16...19
        case 500_000...509_999, 560_000...589_999, 630_400...630_499, 675_900...676_399: 13...19
        case 601_100...601_199, 620_000...629_999, 644_000...659_999: 16...19
        case 600_000...609_999, 817_200...827_999: 16...16
        default: 99...99
        }
    }

    private static func passesLuhn(_ number: UInt64) -> Bool {
        var rest = number
        var sum: UInt64 = 0
        while rest > 0 {
            let doubled = rest / 10 % 10 * 2
            sum += rest % 10 + doubled / 10 + doubled % 10
            rest /= 100
        }
        return sum % 10 == 0
    }
}
