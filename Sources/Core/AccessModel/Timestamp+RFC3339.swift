extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with six digits: `2026-11-23T22:13:47.123456Z`.
    public var description: String {
        var json = JSONBytes()
        json.appendTimestamp(self)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, `days_from_civil`).
    package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yoe = y - era * 400
        let doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy
        return era * 146_097 + doe - 719_468
    }

    /// The proleptic Gregorian date of a count of days since 1970-01-01 (`civil_from_days`).
    package static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
    }

    /// Parses RFC 3339: `2026-11-23`, `2026-11-23T22:13:47Z`, `2026-11-23T22:13:47.5+01:00`. Nil for anything else.
    package init?(rfc3339 text: String) {
        var rest = Substring(text)
        func digits(_ count: Int) -> Int64? {
            let head = rest.prefix(count)
            guard head.utf8.count == count, head.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            rest = rest.dropFirst(count)
            return Int64(head)
        }
        func literal(_ characters: String) -> Bool {
            guard let first = rest.first, characters.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = digits(4), literal("-"), let month = digits(2), literal("-"), let day = digits(2),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let days = Timestamp.days(year: year, month: month, day: day)
        guard Timestamp.civil(days: days) == (year, month, day) else { return nil }
        guard !rest.isEmpty else {
            self.init(seconds: days * 86_400)
            return
        }
        guard literal("Tt "), let hour = digits(2), literal(":"), let minute = digits(2), literal(":"),
            let second = digits(2), hour < 24, minute < 60, second < 61
        else { return nil }
        var micros: Int64 = 0
        if rest.first == "." {
            rest = rest.dropFirst()
            let fraction = rest.prefix(while: { ("0"..."9").contains($0) })
            guard !fraction.isEmpty, fraction.utf8.count <= 9 else { return nil }
            rest = rest.dropFirst(fraction.count)
            let six = fraction.prefix(6)
            micros = (Int64(six) ?? 0) * [1, 100_000, 10_000, 1_000, 100, 10, 1][six.count]
        }
        var offset: Int64 = 0
        if !literal("Zz") {
            guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
            rest = rest.dropFirst()
            guard let hours = digits(2), literal(":"), let minutes = digits(2), hours < 24, minutes < 60 else {
                return nil
            }
            offset = (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
        }
        guard rest.isEmpty else { return nil }
        self.init(
            microseconds: (days * 86_400 + hour * 3600 + minute * 60 + second - offset) * 1_000_000 + micros
        )
    }
}
