/// Values of each kind of type, ordinary and odd, the same in each run.
struct SampleValues {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// SplitMix64.
    mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    mutating func pick<T>(_ values: [T]) -> T {
        values[number(below: values.count)]
    }

    private static let pieces = [
        "a", "B", "7", " ", "  ", "@", "@@", ".", "-", "_", "é", "e\u{301}", "\u{301}", "ß", "İ", "日本", "👩‍👩‍👧", "\u{200B}",
        "example.com", "@example.com", "4111", "'", "\"", "\\", "%", "\t", "\n", "|", "*", "\u{FF11}",
    ]

    mutating func text() -> String {
        (0..<number(below: 9)).map { _ in pick(SampleValues.pieces) }.joined()
    }

    mutating func uuid() -> String {
        (0..<32).map { _ in String(number(below: 16), radix: 16) }.joined()
    }

    mutating func digits(_ count: Int) -> String {
        String((0..<count).map { _ in pick(Array("0123456789")) })
    }

    mutating func integer(magnitude: Int) -> String {
        switch number(below: 6) {
        case 0: return "\(magnitude - number(below: 1200))"
        case 1: return "\(number(below: 1200) - magnitude - 1)"
        case 2: return "\((number(below: 41) - 20) * 500)"
        default: return "\(number(below: 2 * min(magnitude, 1 << 40)) - min(magnitude, 1 << 40))"
        }
    }

    /// With up to so many digits before and behind the point.
    mutating func decimal(_ whole: Int, _ fraction: Int) -> String {
        let sign = pick(["", "-"])
        switch number(below: 6) {
        case 0: return sign + String(repeating: "9", count: whole) + "." + String(repeating: "9", count: fraction)
        case 1: return sign + pick(["0", "0.5", "0.49999999999999999999", "5", "10", "0.50"])
        default: return sign + digits(1 + number(below: whole)) + "." + digits(1 + number(below: fraction))
        }
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
    }

    mutating func date(lastYear: Int) -> String {
        let year = pick([1 + number(below: 3000), 2024, 2000, 1900, 1 + number(below: 4712), lastYear, 4712])
        let day = pick(["01-01", "12-31", "02-28", "03-01", "06-\(padded(1 + number(below: 30), 2))"])
        return "\(padded(year, 4))-\(day)" + (year <= 4712 && number(below: 3) == 0 ? " BC" : "")
    }

    mutating func timestamp() -> String {
        let date = date(lastYear: 294_276).split(separator: " ")
        let time = pick(["00:00:00", "23:59:59.999999", "12:34:56.5", "05:29:59", "18:30:00"])
        return "\(date[0]) \(time)" + (date.count > 1 ? " BC" : "")
    }
}
