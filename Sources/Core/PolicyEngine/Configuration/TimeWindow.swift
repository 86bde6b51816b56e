package import AccessModel

/// Days of the week and hours in which something counts, at a fixed distance from UTC.
///
/// Hours that reach past midnight belong to the day on which they begin: `mon` with `22:00-04:00` ends on Tuesday.
/// There is no daylight saving: Core has no database of time zones, so a zone is an offset.
package struct TimeWindow: Hashable, Sendable {
    package enum Day: String, Hashable, Sendable, CaseIterable {
        case mon, tue, wed, thu, fri, sat, sun
    }

    static let minutesOfDay = 1440
    private static let minutesOfWeek = 7 * minutesOfDay

    /// In the order of the week.
    package let days: [Day]
    /// Minutes from midnight: 0..<1440, and 1...1440. An end that is not after the start is on the next day.
    package let start: Int
    package let end: Int
    /// Minutes east of UTC.
    package let offset: Int
    /// Minutes from the beginning of Monday in the zone, sorted, apart from each other.
    private let spans: [Range<Int>]

    /// Nil where there are no days, or where the hours or the offset are out of bounds (14 hours) or of no length.
    package init?(days: [Day] = Day.allCases, start: Int = 0, end: Int = 1440, offset: Int = 0) {
        guard !days.isEmpty, (0..<TimeWindow.minutesOfDay).contains(start), (1...TimeWindow.minutesOfDay).contains(end),
            start != end, abs(offset) <= 14 * 60
        else { return nil }
        self.days = Day.allCases.filter(days.contains)
        self.start = start
        self.end = end
        self.offset = offset
        spans = TimeWindow.spans(self.days, start, end)
    }

    package func contains(_ moment: Timestamp) -> Bool {
        let minute = second(of: moment) / 60
        return spans.contains { $0.contains(minute) }
    }

    /// The first moment after this one at which the window opens or closes; nil where it is always open.
    package func nextEdge(after moment: Timestamp) -> Timestamp? {
        let now = second(of: moment)
        let week = TimeWindow.minutesOfWeek
        let edges = spans.flatMap { [$0.lowerBound, $0.upperBound % week] }
            // Where one span ends as the week does and another begins with it, nothing changes.
            .filter { edge in edge != 0 || (spans.first?.lowerBound == 0) != (spans.last?.upperBound == week) }
        let waits = edges.map { edge -> Int in
            let wait = edge * 60 - now
            return wait > 0 ? wait : wait + week * 60
        }
        return waits.min().map { Timestamp(seconds: moment.seconds + Int64($0)) }
    }

    /// Seconds from the beginning of Monday in the zone: 0..<604800. 1970-01-01 was a Thursday.
    private func second(of moment: Timestamp) -> Int {
        let week = Int64(TimeWindow.minutesOfWeek * 60)
        let rest = (moment.seconds % week + Int64(offset) * 60 + 3 * 86_400) % week
        return Int(rest < 0 ? rest + week : rest)
    }

    private static func spans(_ days: [Day], _ start: Int, _ end: Int) -> [Range<Int>] {
        let length = end > start ? end - start : end + minutesOfDay - start
        var pieces: [Range<Int>] = []
        for (index, day) in Day.allCases.enumerated() where days.contains(day) {
            let first = index * minutesOfDay + start
            pieces.append(first..<min(first + length, minutesOfWeek))
            if first + length > minutesOfWeek { pieces.append(0..<first + length - minutesOfWeek) }
        }
        return pieces.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { spans, piece in
            guard let last = spans.last, piece.lowerBound <= last.upperBound else { return spans.append(piece) }
            spans[spans.count - 1] = last.lowerBound..<max(last.upperBound, piece.upperBound)
        }
    }
}

extension TimeWindow: CustomStringConvertible {
    /// `mon, tue 22:00-04:00 UTC`, `every day 08:00-18:00 +01:00`.
    package var description: String {
        let names = days.count == 7 ? "every day" : days.map(\.rawValue).joined(separator: ", ")
        let sign = offset < 0 ? "-" : "+"
        let zone = offset == 0 ? "UTC" : "\(sign)\(TimeWindow.clock(abs(offset)))"
        return "\(names) \(TimeWindow.clock(start))-\(TimeWindow.clock(end)) \(zone)"
    }

    private static func clock(_ minutes: Int) -> String {
        let parts = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return parts.joined(separator: ":")
    }
}
