import AccessModel
import Foundation
import Synchronization
import Testing

@testable import AuditLog

@Suite("Faults of the disk")
struct LedgerFaultTests {
    private func expectIntact(_ place: Workplace, records: UInt64) throws {
        guard case .intact(let summary) = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
        #expect(summary.records == records)
    }

    @Test("Short and interrupted writes are gone on with")
    func shortWrites() throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        disk.change { ($0.longestWrite, $0.interrupts) = (7, 20) }
        for _ in 0..<10 { _ = try ledger.append(.command()) }
        ledger.close()
        try expectIntact(place, records: 10)
    }

    @Test("A write that fails ends the ledger: nothing is accepted after it, and the reason is told")
    func writeFails() throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        _ = try ledger.append(.command())
        disk.change { $0.write = EIO }
        let expected = LedgerError(.failed(EIO), file: LedgerLayout.segmentName(first: 0))
        #expect(throws: expected) { try ledger.append(.command()) }
        disk.change { $0.write = nil }
        #expect(throws: expected) { try ledger.append(.command()) }
        #expect(throws: expected) { try ledger.storeBlob([1]) }
        #expect(ledger.state == .failed)
        ledger.close()
        let again = try place.open()
        #expect(again.recovery.records == 1)
    }

    @Test(
        "Without room for a write the command is refused without a trace, outcomes are kept, and all goes on when room is back"
    )
    func writeWithoutRoom() throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        var options = Workplace.options
        options.outcomeDelay = .seconds(3600)
        let ledger = try place.open(disk.options(options))
        let command = try ledger.append(.command())
        disk.change { $0.write = ENOSPC }
        _ = try ledger.appendOutcome(.outcome(of: command))
        for _ in 0..<3 { #expect(throws: LedgerError(.full)) { try ledger.append(.command()) } }
        disk.change { $0.write = nil }
        #expect(try ledger.append(.command()).index == 2)
        ledger.close()
        try expectIntact(place, records: 3)
    }

    @Test("What a write left half done is not taken for a record later")
    func litter() throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        // The first part is written, the second finds no room; the record that comes then is shorter than that part.
        disk.change { ($0.longestWrite, $0.roomFor) = (1500, 1) }
        #expect(throws: LedgerError(.full)) { try ledger.append(.command(String(repeating: "x", count: 2000))) }
        disk.change { ($0.longestWrite, $0.roomFor) = (.max, nil) }
        _ = try ledger.append(.command("y"))
        let copy = try place.copy()
        ledger.close()
        try expectIntact(place, records: 1)
        #expect(try copy.open().recovery.torn == nil)
    }

    @Test("A sync that fails tells all who wait, and ends the ledger")
    func syncFails() async throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        let reference = try ledger.append(.command())
        disk.change { $0.syncData = EIO }
        let result = await withCheckedContinuation { continuation in
            ledger.whenDurable(reference.index) { continuation.resume(returning: $0) }
        }
        #expect(throws: LedgerError(.failed(EIO))) { try result.get() }
        #expect(ledger.state == .failed)
        // A later sync that succeeds would prove nothing: the kernel may have dropped the pages.
        disk.change { $0.syncData = nil }
        #expect(throws: LedgerError(.failed(EIO))) { try ledger.append(.command()) }
    }

    @Test("One sync serves all who wait")
    func groupCommit() async throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        let before = disk.plan.withLock { $0.syncs }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    guard let reference = try? ledger.append(.command()) else { return false }
                    let result = await withCheckedContinuation { continuation in
                        ledger.whenDurable(reference.index) { continuation.resume(returning: $0) }
                    }
                    return (try? result.get()) != nil && ledger.counters.durable > reference.index
                }
            }
            for await isDurable in group { #expect(isDurable) }
        }
        let syncs = disk.plan.withLock { $0.syncs } - before
        #expect(syncs < 100, "\(syncs) syncs for 100 records")
        #expect(ledger.counters.syncs > 0)
    }

    @Test("What is on disk already needs no sync")
    func durableAlready() async throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        let reference = try ledger.append(.command())
        for _ in 0..<3 {
            let result = await withCheckedContinuation { continuation in
                ledger.whenDurable(reference.index) { continuation.resume(returning: $0) }
            }
            try result.get()
        }
        #expect(ledger.counters.syncs == 2)
    }

    @Test(
        "While the next segment cannot be prepared, the reserve serves outcomes and no command; then all is taken again"
    )
    func full() async throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        #expect(try await eventually { try place.hasPrepared })
        // The segment that is prepared is used up first.
        disk.change { $0.allocate = ENOSPC }
        var commands: [RecordReference] = []
        #expect(throws: LedgerError(.full)) {
            while true { commands.append(try ledger.append(.command())) }
        }
        #expect(ledger.state == .full)
        #expect(throws: LedgerError(.full)) {
            try ledger.append(RecordDraft(kind: .sessionOpened, session: RecordDraft.session, body: []))
        }
        #expect(throws: LedgerError(.full)) { try ledger.storeBlob([1, 2, 3]) }
        for command in commands.suffix(20) { _ = try ledger.appendOutcome(.outcome(of: command)) }
        _ = try ledger.append(RecordDraft(kind: .sessionClosed, session: RecordDraft.session, body: []))
        #expect(ledger.counters.refused == 2)
        disk.change { $0.allocate = nil }
        #expect(await eventually { ledger.state == .accepting })
        _ = try ledger.append(.command())
        ledger.close()
        try expectIntact(place, records: UInt64(commands.count) + 22)
    }

    @Test("The reserve ends too: then outcomes are refused, and nothing that was taken is lost")
    func reserveEnds() async throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        #expect(try await eventually { try place.hasPrepared })
        disk.change { $0.allocate = ENOSPC }
        var taken: UInt64 = 0
        let first = try ledger.append(.command())
        #expect(throws: LedgerError(.full)) {
            while true { taken = try ledger.appendOutcome(.command("\(first.index)")).index + 1 }
        }
        ledger.close()
        try expectIntact(place, records: taken)
    }

    @Test("Below the bound of free bytes commands are refused, and outcomes are not")
    func lowDisk() async throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        var options = Workplace.options
        options.lowestFreeBytes = 1000
        let ledger = try place.open(disk.options(options))
        let command = try ledger.append(.command())
        disk.change { $0.freeBytes = 999 }
        #expect(await eventually { ledger.state == .full })
        #expect(throws: LedgerError(.full)) { try ledger.append(.command()) }
        _ = try ledger.appendOutcome(.outcome(of: command))
        disk.change { $0.freeBytes = 1000 }
        #expect(await eventually { ledger.state == .accepting })
        _ = try ledger.append(.command())
    }

    @Test("A next segment that cannot be given its name ends the ledger, and the next start makes it good")
    func renameFails() async throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        disk.change { $0.rename = EIO }
        var taken: UInt64 = 0
        #expect(throws: LedgerError.self) {
            while true { taken = try ledger.append(.command()).index + 1 }
        }
        #expect(ledger.state == .failed)
        ledger.close()
        let again = try place.open()
        #expect(again.recovery.records == taken)
        again.close()
        try expectIntact(place, records: taken)
    }
}

extension Workplace {
    /// Whether the next segment lies ready.
    var hasPrepared: Bool {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: layout.segments).contains { $0.hasSuffix(".prepared") }
        }
    }
}
