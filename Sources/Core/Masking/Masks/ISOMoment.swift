/// A date or timestamp as PostgreSQL writes it with `DateStyle = ISO`: `2024-02-29`, `2024-02-29 23:59:59.5+05:30`,
/// `0044-03-15 BC`.
struct ISOMoment {
    /// Astronomical: 0 is 1 BC.
    var year: Int
    /// From 0: days of the year before this one.
    private var dayOfYear: Int
    /// Whole seconds of the day; nil for a date.
    var time: Int?
    /// Seconds east of UTC; nil without a time zone.
    var offset: Int?

    init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = DigitReader(bytes)
        guard let year = reader.number(digits: 4...7), reader.take(0x2D),
            let month = reader.number(digits: 2...2), (1...12).contains(month), reader.take(0x2D),
            let day = reader.number(digits: 2...2), (1...31).contains(day)
        else { return nil }
        if reader.take(0x20, before: 0x30...0x39) {
            guard let time = reader.clock() else { return nil }
            self.time = time
            if reader.take(0x2E), reader.number(digits: 1...6) == nil { return nil }
            let isEast = reader.take(0x2B)
            if isEast || reader.take(0x2D) {
                guard let offset = reader.offset() else { return nil }
                self.offset = isEast ? offset : -offset
            }
        }
        let isBC = reader.take(" BC")
        guard reader.isAtEnd, year > 0 else { return nil }
        self.year = isBC ? 1 - year : year
        dayOfYear = ISOMoment.daysBefore[month - 1] + day - 1
        if month > 2, ISOMoment.isLeap(self.year) { dayOfYear += 1 }
    }

    /// The year in UTC; nil without a time and its zone.
    var utcYear: Int? {
        guard let time, let offset else { return nil }
        let second = dayOfYear * 86_400 + time - offset
        if second < 0 { return year - 1 }
        return second >= (ISOMoment.isLeap(year) ? 366 : 365) * 86_400 ? year + 1 : year
    }

    private static let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}
