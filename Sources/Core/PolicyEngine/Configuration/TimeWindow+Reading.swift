extension TimeWindow {
    static func read(_ field: Field) -> TimeWindow? {
        guard var map = MappingReader(field) else { return nil }
        let days = map.optional("days") { readDays($0) }
        let hours = map.optional("hours") { readHours($0) }
        let offset = map.optional("zone") { readZone($0) }
        map.finish()
        guard map.has("days") || map.has("hours") else { return field.fail("says no time: give days, hours or both") }
        guard map.has("days") == (days != nil), map.has("hours") == (hours != nil), map.has("zone") == (offset != nil)
        else { return nil }
        let all = hours ?? (0, minutesOfDay)
        return TimeWindow(days: days ?? Day.allCases, start: all.start, end: all.end, offset: offset ?? 0)
    }

    private static func readDays(_ field: Field) -> [Day]? {
        guard let days: [Day] = field.list(of: "days", { $0.choice() }) else { return nil }
        guard Set(days).count == days.count else { return field.fail("names a day twice") }
        return days
    }

    /// `08:00-18:00`, `22:00-04:00`.
    private static func readHours(_ field: Field) -> (start: Int, end: Int)? {
        guard let text = field.line(limit: 64) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { minutes($0) }
        guard parts.count == 2, let start = parts[0], let end = parts[1], start < minutesOfDay, end > 0 else {
            return field.fail("expected hours such as 08:00-18:00 or 22:00-04:00, not `\(text.shown)`")
        }
        guard start != end else { return field.fail("begins and ends at the same time: a whole day is 00:00-24:00") }
        return (start, end)
    }

    private static func readZone(_ field: Field) -> Int? {
        guard let text = field.line(limit: 64) else { return nil }
        if text == "UTC" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-", let offset = minutes(text.dropFirst()),
            offset <= 14 * 60
        else {
            return field.fail("expected UTC or an offset such as \"+01:00\": names of zones are not known here")
        }
        return sign == "-" ? -offset : offset
    }

    /// `HH:MM`, up to `24:00`.
    private static func minutes(_ text: Substring) -> Int? {
        guard text.utf8.count == 5, text.dropFirst(2).first == ":", let hour = Field.decimal(String(text.prefix(2))),
            let minute = Field.decimal(String(text.suffix(2))), minute < 60, hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        return hour * 60 + minute
    }
}
