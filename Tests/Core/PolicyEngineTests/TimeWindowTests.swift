import AccessModel
import PolicyEngine
import Testing

@Suite("Days and hours")
struct TimeWindowTests {
    /// 2026-11-23 was a Monday.
    static func moment(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text))
    }

    @Test(
        "Hours past midnight belong to the day on which they begin",
        arguments: [
            ("2026-11-23T21:59:59Z", false), ("2026-11-23T22:00:00Z", true), ("2026-11-24T03:59:59.999999Z", true),
            ("2026-11-24T04:00:00Z", false), ("2026-11-24T22:30:00Z", false), ("2026-11-29T23:00:00Z", true),
            ("2026-11-30T03:00:00Z", true), ("2026-11-30T04:00:00Z", false), ("2026-11-23T03:00:00Z", true),
            ("1969-12-28T23:00:00Z", true), ("1969-12-29T03:00:00Z", true), ("1969-12-30T23:00:00Z", false),
        ]
    )
    func overnight(text: String, isOpen: Bool) throws {
        let window = try #require(TimeWindow(days: [.mon, .sun], start: 22 * 60, end: 4 * 60))
        #expect(window.contains(try TimeWindowTests.moment(text)) == isOpen)
    }

    @Test(
        "A zone shifts the days too",
        arguments: [
            (60, "2026-11-22T23:00:00Z", true), (60, "2026-11-22T22:59:59Z", false),
            (60, "2026-11-23T23:00:00Z", false),
            (-330, "2026-11-23T05:29:59Z", false), (-330, "2026-11-23T05:30:00Z", true),
            (-330, "2026-11-24T05:29:59Z", true),
        ]
    )
    func zone(offset: Int, text: String, isOpen: Bool) throws {
        let window = try #require(TimeWindow(days: [.mon], offset: offset))
        #expect(window.contains(try TimeWindowTests.moment(text)) == isOpen)
    }

    @Test("What has no length or is out of bounds is no window")
    func bounds() {
        #expect(TimeWindow(days: []) == nil)
        #expect(TimeWindow(start: 60, end: 60) == nil)
        #expect(TimeWindow(start: 1440) == nil)
        #expect(TimeWindow(end: 0) == nil)
        #expect(TimeWindow(offset: 841) == nil)
    }

    @Test("A window that is always open has no edge, however it is written")
    func always() throws {
        #expect(try #require(TimeWindow()).nextEdge(after: Sample.now) == nil)
        #expect(try #require(TimeWindow(start: 600, end: 599, offset: 60)).nextEdge(after: Sample.now) != nil)
    }

    @Test("Between two edges nothing changes, and at an edge it does", arguments: 0..<40 as Range<UInt64>)
    func edges(seed: UInt64) throws {
        var generator = SeededGenerator(state: seed)
        let count = Int.random(in: 1...7, using: &generator)
        let days = Array(TimeWindow.Day.allCases.shuffled(using: &generator).prefix(count))
        let start = Int.random(in: 0..<1440, using: &generator)
        let end = [1440, Int.random(in: 1...1440, using: &generator)].filter { $0 != start }.randomElement(
            using: &generator
        )
        let offset = Int.random(in: -840...840, using: &generator)
        let window = try #require(TimeWindow(days: days, start: start, end: end ?? 1440, offset: offset))
        var moment = Timestamp(
            microseconds: Int64.random(in: -1_000_000_000_000...1_000_000_000_000_000, using: &generator)
        )
        for _ in 0..<30 {
            guard let edge = window.nextEdge(after: moment) else {
                #expect(days.count == 7 && (end ?? 1440) == 1440 && start == 0)
                return
            }
            let isOpen = window.contains(moment)
            #expect(edge > moment)
            #expect(window.contains(Timestamp(microseconds: edge.microseconds - 1)) == isOpen)
            #expect(window.contains(edge) != isOpen)
            let between = Int64.random(in: moment.microseconds..<edge.microseconds, using: &generator)
            #expect(window.contains(Timestamp(microseconds: between)) == isOpen)
            moment = edge
        }
    }

    @Test("It reads as the file has it")
    func description() throws {
        let night = try #require(TimeWindow(days: [.tue, .mon], start: 1320, end: 240))
        #expect("\(night)" == "mon, tue 22:00-04:00 UTC")
        #expect("\(try #require(TimeWindow(start: 485, offset: -570)))" == "every day 08:05-24:00 -09:30")
    }
}
