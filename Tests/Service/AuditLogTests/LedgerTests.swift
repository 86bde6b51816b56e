import AccessModel
import Foundation
import Synchronization
import Testing

@testable import AuditLog

@Suite("The ledger")
struct LedgerTests {
    @Test("A record is in the segment, in its place, when append returns")
    func writesBeforeItReturns() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let first = try ledger.append(.command("SELECT 1"))
        let second = try ledger.append(.command("SELECT 2"))
        #expect((first.index, second.index) == (0, 1))
        let crashed = try place.copy()
        let (records, _) = try Segments.read(crashed)
        #expect(records.count == 2)
        #expect(
            records[1].hasPrefix(
                "{\"id\":\"\(second.id)\",\"index\":1,\"time\":\"2026-11-18T11:06:40.000000Z\",\"session\":"
            )
        )
        #expect(
            records[1].contains("\"session\":\"\(RecordDraft.session)\",\"n\":1,\"kind\":\"command\",\"command\":{")
        )
        #expect(records[1].contains(/"decision":\{"outcome":"allow","role":"r"\},"salt":"[0-9A-HJKMNP-TV-Z]{26}"\}$/))
    }

    @Test("Opened again, it goes on where it was")
    func goesOn() throws {
        let place = try Workplace()
        for round in 0..<5 {
            let ledger = try place.open()
            #expect(ledger.recovery == RecoveryReport(records: UInt64(round * 3), segments: 1))
            for _ in 0..<3 { _ = try ledger.append(.command()) }
            ledger.close()
        }
        #expect(try Segments.read(place).0.count == 15)
    }

    @Test("Records go on in the next segment when one is full, and the one before is sealed")
    func turns() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for number in 0..<1000 { _ = try ledger.append(.command("SELECT \(number)")) }
        ledger.close()
        let (records, sealed) = try Segments.read(place)
        #expect(records.count == 1000)
        #expect(sealed >= 3)
        let again = try place.open()
        #expect(again.recovery.records == 1000)
        #expect(again.recovery.segments == sealed + 1)
    }

    @Test("The ledger's threads have names")
    func names() throws {
        let ledger = try Workplace().open()
        defer { ledger.close() }
        let deadline = ContinuousClock.now + .seconds(30)
        let wanted: Set = ["ledger-sync", "ledger-tree", "ledger-keep", "ledger-segments"]
        var names: Set<String> = []
        // A thread names itself when it begins.
        while !wanted.isSubset(of: names), ContinuousClock.now < deadline {
            let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
            names = Set(
                threads.compactMap { try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8) }
                    .map { $0.trimmingCharacters(in: .newlines) }
            )
        }
        #expect(wanted.isSubset(of: names), "\(names)")
    }

    @Test("A second gateway on the same data is refused")
    func locks() throws {
        let place = try Workplace()
        let ledger = try place.open()
        #expect(throws: LedgerError(.locked, file: "lock")) { try place.open() }
        ledger.close()
        _ = try place.open()
    }

    @Test("What is closed takes nothing")
    func closes() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let reference = try ledger.append(.command())
        ledger.close()
        ledger.close()
        #expect(ledger.state == .closed)
        #expect(throws: LedgerError(.closed)) { try ledger.append(.command()) }
        #expect(throws: LedgerError(.closed)) { try ledger.appendOutcome(.outcome(of: reference)) }
        let answer = Mutex<Result<Void, LedgerError>?>(nil)
        ledger.whenDurable(0) { result in answer.withLock { $0 = result } }
        #expect(answer.withLock { if case .failure(LedgerError(.closed)) = $0 { true } else { false } })
    }

    @Test("A record longer than a record may be is refused, and leaves no trace")
    func bounds() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let probe = try ledger.append(.command(""))
        let overhead = try Segments.read(place.copy()).0[0].utf8.count
        _ = probe
        _ = try ledger.append(.command(String(repeating: "x", count: RecordLimits.record - overhead)))
        #expect(throws: LedgerError(.tooLong(RecordLimits.record + 1))) {
            try ledger.append(.command(String(repeating: "x", count: RecordLimits.record - overhead + 1)))
        }
        let next = try ledger.append(.command())
        #expect(next.index == 2)
    }

    @Test("Time in the ledger never goes back, though the clock does")
    func clockSteps() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let first = try ledger.append(.command())
        place.clock.withLock { $0 = Timestamp(seconds: 1_000_000) }
        let second = try ledger.append(.command())
        ledger.close()
        let again = try place.open()
        let third = try again.append(.command())
        again.close()
        let times = try Segments.read(place).0.map { RecordOpening($0.utf8)?.time }
        #expect(times == Array(repeating: Timestamp(seconds: 1_795_000_000), count: 3))
        #expect(first.id < second.id)
        #expect(RecordIdentifiers.index(of: third.id) == 2)
    }

    @Test("An outcome waits in memory and is written with the next record, in order")
    func outcomesWait() throws {
        let place = try Workplace()
        var options = Workplace.options
        options.outcomeDelay = .seconds(3600)
        let ledger = try place.open(options)
        let command = try ledger.append(.command())
        let writes = ledger.counters.writes
        let outcome = try ledger.appendOutcome(.outcome(of: command))
        #expect(outcome.index == 1)
        #expect(ledger.counters.writes == writes)
        #expect(try Segments.read(place.copy()).0.count == 1)
        _ = try ledger.append(.command())
        #expect(ledger.counters.writes == writes + 1)
        #expect(try Segments.read(place.copy()).0.count == 3)
        _ = try ledger.appendOutcome(.outcome(of: command))
        ledger.close()
        #expect(try Segments.read(place).0.count == 4)
    }

    @Test("An outcome that nothing follows is written after its delay")
    func outcomesAreFlushed() async throws {
        let place = try Workplace()
        let ledger = try place.open()
        let command = try ledger.append(.command())
        for round in 0..<3 {
            let writes = ledger.counters.writes
            _ = try ledger.appendOutcome(.outcome(of: command))
            #expect(await eventually { ledger.counters.writes > writes }, "round \(round)")
        }
    }

    @Test("Appends from eight threads leave no gap, and each thread's are in its order")
    func concurrent() async throws {
        let place = try Workplace()
        let ledger = try place.open()
        let indices = try await withThrowingTaskGroup(of: [UInt64].self) { group in
            for thread in 0..<8 {
                group.addTask {
                    try (0..<500).map { number in
                        let draft = RecordDraft.command("\(thread) \(number)")
                        return try number.isMultiple(of: 3)
                            ? ledger.appendOutcome(draft).index : ledger.append(draft).index
                    }
                }
            }
            return try await group.reduce(into: [[UInt64]]()) { $0.append($1) }
        }
        ledger.close()
        for own in indices { #expect(own == own.sorted()) }
        #expect(indices.flatMap { $0 }.sorted() == Array(0..<4000))
        #expect(try Segments.read(place).0.count == 4000)
    }
}

/// Waits for something that another thread does; false after ten seconds.
func eventually(_ condition: @Sendable () throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
        if try condition() { return true }
        await Task.yield()
    }
    return try condition()
}
