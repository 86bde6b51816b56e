import AccessModel
import AuditLog
import Testing

@testable import AuditExport

@Suite("The stream of events")
struct EventStreamTests {
    private func shown(_ events: [AuditEvent]) -> [String] {
        events.map { event in
            let status = event.outcome?.string("status").map { " \($0)" } ?? ""
            return "\(event.index) \(event.kind)\(status)"
        }
    }

    @Test("A command is told where its outcome stands, with what its session says")
    func joins() throws {
        let sample = try SampleLedger()
        try sample.open(1)
        let first = try sample.command(1)
        let second = try sample.command(1)
        try sample.outcome(1, of: second)
        try sample.outcome(1, of: first)
        let events = try sample.events()
        #expect(shown(events) == ["0 session.opened", "2 command ok", "1 command ok"])
        #expect(events[1].subject == "project:a/b")
        #expect(events[1].members.string("owner") == "ana@example.com")
    }

    @Test("What was running when its session ended is told as unknown, before the end")
    func tellsUnknown() throws {
        let sample = try SampleLedger()
        try sample.open(1)
        try sample.command(1)
        try sample.command(1)
        try sample.close(1)
        let events = try sample.events()
        #expect(
            shown(events) == ["0 session.opened", "1 command unknown", "2 command unknown", "3 session.closed"]
        )
        #expect(events[3].subject == "project:a/b")
    }

    @Test("What was running when a gateway died is told as unknown, before the next one's start")
    func tellsUnknownAfterDeath() throws {
        let sample = try SampleLedger()
        try sample.open(1)
        try sample.open(2)
        try sample.command(2)
        try sample.command(1)
        try sample.append(.gatewayStarted, nil, "\"gateway\":{\"version\":\"0.1.0\"},\"recovered\":null")
        #expect(
            shown(try sample.events()).suffix(3) == ["2 command unknown", "3 command unknown", "4 gateway.started"]
        )
    }

    @Test("A refused command is told at once; an outcome of nothing that runs says nothing")
    func tellsRefusals() throws {
        let sample = try SampleLedger()
        try sample.open(1)
        let denied = try sample.command(1, decision: "deny")
        try sample.outcome(1, of: denied)
        let ran = try sample.command(1)
        try sample.outcome(1, of: RecordReference(id: denied.id, index: ran.index))
        try sample.outcome(1, of: ran)
        try sample.outcome(1, of: ran, error: "a second one")
        #expect(shown(try sample.events()) == ["0 session.opened", "1 command denied", "3 command ok"])
    }

    @Test(
        "Stopped after any event, its state written and read, it goes on with the next one: none twice, none left out"
    )
    func resumes() throws {
        let sample = try SampleLedger(segmentBytes: LedgerOptions.smallestSegment)
        for number in 1...20 as ClosedRange<UInt64> {
            try sample.open(number)
            let text = String(repeating: "x", count: 9000)
            let first = try sample.command(number, text)
            try sample.command(number)
            try sample.outcome(number, of: first)
            if number % 3 == 0 { try sample.close(number) }
        }
        try sample.append(.gatewayStarted, nil, "\"gateway\":{\"version\":\"0.1.0\"},\"recovered\":null")
        let whole = shown(try sample.events())
        #expect(whole.count == 20 * 3 + 6 + 1)
        var state = StreamState()
        for place in 0..<whole.count {
            var stream = EventStream(sample.reader, at: state)
            let event = try #require(try stream.next(below: sample.end))
            #expect(shown([event]) == [whole[place]])
            state = try #require(StreamState(encoded: stream.state.encoded))
            #expect(state == stream.state)
        }
        #expect(try sample.events(from: state).isEmpty)
    }

    @Test("Nothing is read that is not below the end, and what comes later is")
    func waits() throws {
        let sample = try SampleLedger()
        try sample.open(1)
        try sample.open(2)
        var stream = EventStream(sample.reader, at: StreamState())
        #expect(try stream.next(below: 0) == nil)
        #expect(try stream.next(below: 1)?.index == 0)
        #expect(try stream.next(below: 1) == nil)
        #expect(stream.state.next == 1)
        #expect(try stream.next(below: 2)?.index == 1)
    }

    @Test("A destination that begins now knows the sessions from before, and tells nothing of them")
    func beginsNow() throws {
        let sample = try SampleLedger()
        try sample.open(1)
        try sample.outcome(1, of: sample.command(1))
        let state = StreamState(quietBelow: sample.end)
        try sample.outcome(1, of: sample.command(1))
        let events = try sample.events(from: state)
        #expect(shown(events) == ["3 command ok"])
        #expect(events.first?.subject == "project:a/b")
    }

    @Test("Another ledger than the one that the state is of is refused")
    func refusesAnother() throws {
        let (sample, other) = (try SampleLedger(), try SampleLedger())
        for ledger in [sample, other] { for number in 1...3 as ClosedRange<UInt64> { try ledger.open(number) } }
        var stream = EventStream(sample.reader, at: StreamState())
        _ = try stream.next(below: 1)
        #expect(throws: LedgerError.self) { try other.events(from: stream.state) }
    }
}
