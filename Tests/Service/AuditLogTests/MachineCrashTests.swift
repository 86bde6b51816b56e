import AccessModel
import Foundation
import Testing

@testable import AuditLog

@Suite("The end of the machine")
struct MachineCrashTests {
    /// A ledger of several segments whose head counts `counted` records, more of them behind it, as on a disk whose
    /// machine went down; and how many records there were.
    private func crashed(counted: Int, more: Int) throws -> (Workplace, UInt64) {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        for number in 0..<counted { _ = try ledger.append(.command("SELECT \(number)")) }
        ledger.close()
        let again = try place.open(disk.options())
        for number in 0..<more { _ = try again.append(.command("SELECT \(counted + number)", in: RecordDraft.later)) }
        let copy = try place.copy()
        again.close()
        return (copy, UInt64(counted + more))
    }

    private func open(_ place: Workplace, boot: String) throws -> Ledger {
        let disk = FaultyDisk()
        disk.change { $0.boot = boot }
        return try place.open(disk.options())
    }

    /// Zeroes a page, as if the disk had not come to it.
    private func lose(_ path: String, page: Int, in place: Workplace) throws {
        var bytes = try place.bytes(path)
        for index in page * 4096..<min((page + 1) * 4096, bytes.count) { bytes[index] = 0 }
        try place.write(bytes, to: path)
    }

    @Test("A page that was lost behind the head costs the records from there on, which are kept aside")
    func lostPage() throws {
        let (place, all) = try crashed(counted: 20, more: 60)
        try lose(place.segmentPaths()[0], page: 3, in: place)
        let ledger = try open(place, boot: "two")
        #expect((20..<all).contains(ledger.recovery.records))
        let torn = try #require(ledger.recovery.torn)
        #expect(torn.bytes > 4096)
        _ = try ledger.append(.command(in: ULID(high: 1, low: 4)))
        ledger.close()
        guard case .intact = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
    }

    @Test("The same without a machine's end between is damage")
    func sameBoot() throws {
        let (place, _) = try crashed(counted: 20, more: 60)
        try lose(place.segmentPaths()[0], page: 3, in: place)
        #expect(throws: LedgerError.self) { try open(place, boot: "one") }
    }

    @Test("A page that was lost below the head is damage, whatever happened to the machine")
    func belowHead() throws {
        let (place, _) = try crashed(counted: 60, more: 20)
        try lose(place.segmentPaths()[0], page: 1, in: place)
        #expect(throws: LedgerError.self) { try open(place, boot: "two") }
    }

    @Test("Segments behind a hole, and one whose header was lost, are set aside whole", arguments: [0, 1, 2])
    func segmentsBehind(victim: Int) throws {
        let (place, all) = try crashed(counted: 20, more: 600)
        let paths = try place.segmentPaths()
        #expect(paths.count == 3)
        // In the first segment a page in its middle; of the others the first, with the header.
        try lose(paths[victim], page: victim == 0 ? 9 : 0, in: place)
        let ledger = try open(place, boot: "two")
        #expect(ledger.recovery.records < all)
        #expect(ledger.recovery.torn != nil)
        let next = try ledger.append(.command(in: ULID(high: 1, low: 4)))
        #expect(next.index == ledger.recovery.records)
        ledger.close()
        guard case .intact = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
        let kept = try FileManager.default.contentsOfDirectory(atPath: place.layout.torn)
        #expect(kept.count == [3, 2, 1][victim])
    }
}
