import AccessModel

extension Field {
    func boolean() -> Bool? {
        guard case .scalar(let text, isPlain: true) = node.content, text == "true" || text == "false" else {
            return fail("expected `true` or `false`")
        }
        return text == "true"
    }

    /// A decimal integer without sign, separators or another base.
    func integer(in range: ClosedRange<Int>) -> Int? {
        guard case .scalar(let text, isPlain: true) = node.content, let value = Field.decimal(text) else {
            return fail("expected a whole number")
        }
        guard range.contains(value) else {
            return fail("\(value) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return value
    }

    /// `30s`, `15m`, `8h`, `30d`.
    func duration(in range: ClosedRange<Duration>) -> Duration? {
        guard let text = line(limit: 64) else { return nil }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Field.decimal(String(text.dropLast())),
            count < 1_000_000_000
        else { return fail("expected a duration such as 30s, 15m, 8h or 30d, not `\(text.shown)`") }
        let duration = Duration.seconds(count * unit)
        guard range.contains(duration) else {
            let least = Field.show(range.lowerBound)
            return fail("`\(text.shown)` is not between \(least) and \(Field.show(range.upperBound))")
        }
        return duration
    }

    /// A count of bytes: a whole number, or one with `KiB`, `MiB` or `GiB`.
    func bytes(in range: ClosedRange<Int>) -> Int? {
        guard let text = line(limit: 64) else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        let units: [Substring: Int] = ["": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
        guard let count = Field.decimal(String(digits)), let factor = units[unit] else {
            return fail("expected a size such as 65536, 64KiB, 16MiB or 1GiB, not `\(text.shown)`")
        }
        let (value, overflow) = count.multipliedReportingOverflow(by: factor)
        guard !overflow, range.contains(value) else {
            return fail("`\(text.shown)` is not between \(range.lowerBound) and \(range.upperBound) bytes")
        }
        return value
    }

    /// `2027-06-30`; the moment at which that day ends in UTC.
    func endOfDay() -> Timestamp? {
        guard let text = line(limit: 64) else { return nil }
        guard text.utf8.count == 10, let start = Timestamp(rfc3339: text) else {
            return fail("expected a date such as 2027-06-30, not `\(text.shown)`")
        }
        return start.advanced(by: .seconds(86_400))
    }

    /// One of a closed set of words.
    func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        guard let text = line(limit: 64) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let expected = words.joined(separator: ", ")
        return fail("expected one of \(expected), not `\(text.shown)`\(NearestWord.suggestion(for: text, in: words))")
    }

    /// Digits alone, so that `+5`, `0x10` and `1_000` are not numbers.
    static func decimal(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    /// A duration as the file writes it.
    static func show(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        for (unit, size) in [("d", 86_400), ("h", 3600), ("m", 60)] as [(String, Int64)]
        where seconds >= size && seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}
