import AccessModel
import Foundation
import Synchronization
import Testing
import TransparencyLog

@testable import AuditLog

@Suite("Faults while the tree grows")
struct TreeFaultTests {
    /// Checkpoints that anybody may have seen, or that the lock held.
    private final class Seen: Sendable {
        let notes = Mutex<[[UInt8]]>([])
        func add(_ note: [UInt8]) { notes.withLock { $0.append(note) } }
        var anchors: [VerificationAnchors.Earlier] {
            notes.withLock { notes in
                notes.enumerated().map { VerificationAnchors.Earlier(name: "seen \($0)", note: $1) }
            }
        }
    }

    @Test("A process that dies at any byte of tiles, lock or checkpoint never signs two histories, and loses nothing")
    func diesAnywhere() throws {
        for budget in stride(from: 2_000, to: 260_000, by: 8_117) {
            let place = try Workplace()
            let seen = Seen()
            let publisher = CheckpointPublisher(cosign: nil, published: { note, _ in seen.add(note.bytes) })
            let disk = FaultyDisk()
            disk.change { $0.skipsSyncs = true }
            disk.dieAfter(bytes: budget)
            var told: UInt64 = 0
            do {
                let ledger = try place.open(disk.options(), publisher: publisher)
                defer { ledger.close() }
                while told < 400 {
                    told = try ledger.append(.command("SELECT \(told)")).index + 1
                    if told.isMultiple(of: 50) { try ledger.publishCheckpoint() }
                }
            } catch {}
            if let locked = try? place.bytes(place.identity.lock) { seen.add(locked) }
            let again = try place.open(publisher: publisher)
            #expect(again.recovery.records >= told, "\(budget) bytes")
            _ = try again.append(.command(in: RecordDraft.later))
            again.close()
            let anchors = VerificationAnchors(earlier: seen.anchors, lock: place.identity.lock)
            guard case .intact(let summary) = try place.verify(anchors) else {
                Issue.record("\(budget) bytes: \(try place.verify(anchors))")
                return
            }
            #expect(summary.signed == summary.records)
        }
    }

    @Test("Without room a checkpoint is put off, records are taken on, and it comes when room is back")
    func withoutRoom() throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        for _ in 0..<300 { _ = try ledger.append(.command()) }
        disk.change { $0.roomFor = 0 }
        #expect(throws: LedgerError.self) { try ledger.publishCheckpoint() }
        #expect(ledger.checkpointStatus.postponed == 1)
        disk.change { $0.roomFor = nil }
        _ = try ledger.append(.command())
        try ledger.publishCheckpoint()
        #expect(ledger.checkpointStatus.size == 301)
        ledger.close()
        guard case .intact = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
    }

    /// True once.
    private final class Fuse: Sendable {
        private let isWhole = Mutex(true)
        func blows() -> Bool {
            isWhole.withLock { isWhole in
                defer { isWhole = false }
                return isWhole
            }
        }
    }

    @Test(
        "Where the lock has its new name and its folder no room to be synced, the next checkpoint follows the one that stands"
    )
    func lockHalfReplaced() throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        var options = disk.options()
        let (rename, lock, fuse) = (options.files.rename, place.identity.lock, Fuse())
        options.files.rename = { from, to in
            defer { if to == lock, fuse.blows() { disk.change { $0.sync = ENOSPC } } }
            return rename(from, to)
        }
        let ledger = try place.open()
        _ = try ledger.append(.command())
        ledger.close()
        let before = try place.bytes(lock)
        let again = try place.open(options)
        _ = try again.append(.command(in: RecordDraft.later))
        #expect(throws: LedgerError(.full, file: "the lock")) { try again.publishCheckpoint() }
        #expect(try place.bytes(lock) != before && again.state == .accepting)
        _ = try again.append(.command(in: RecordDraft.later))
        disk.change { $0.sync = nil }
        try again.publishCheckpoint()
        again.close()
        guard case .intact(let summary) = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
        #expect(summary.signed == summary.records)
    }

    @Test("A tile that cannot be synced ends the ledger before anything is signed for it")
    func syncFails() throws {
        let place = try Workplace()
        let disk = FaultyDisk()
        let ledger = try place.open(disk.options())
        let before = try place.bytes(place.identity.lock)
        _ = try ledger.append(.command())
        disk.change { $0.sync = EIO }
        #expect(throws: LedgerError.self) { try ledger.publishCheckpoint() }
        #expect(ledger.state == .failed)
        #expect(try place.bytes(place.identity.lock) == before)
    }

    @Test("A record that is changed on disk before it is in the tree is never signed for")
    func changedBefore() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for number in 0..<30 { _ = try ledger.append(.command("SELECT \(number)")) }
        try Forger(place: place).rewrite { Forger.edit(&$0, 17, from: "SELECT 17", to: "SELECT 71") }
        #expect(throws: LedgerError.self) { try ledger.publishCheckpoint() }
        #expect(ledger.state == .failed)
        #expect(
            "\(try #require(throws: LedgerError.self) { try ledger.append(.command()) })".contains(
                "not the one that was written"
            )
        )
    }

    @Test("A lock that somebody else moved ends the ledger: nothing is published")
    func lockMoved() throws {
        let place = try Workplace()
        let ledger = try place.open()
        _ = try ledger.append(.command())
        let published = try place.bytes(place.layout.checkpoint)
        try place.write([1, 2, 3], to: place.identity.lock)
        #expect(throws: LedgerError(.unsigned(.lockMoved(place.identity.lock)))) { try ledger.publishCheckpoint() }
        #expect(ledger.state == .failed)
        #expect(try place.bytes(place.layout.checkpoint) == published)
    }

    @Test("What was signed and not published when a process died is published by the next start, and not signed anew")
    func signedAndNotPublished() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for _ in 0..<10 { _ = try ledger.append(.command()) }
        try ledger.publishCheckpoint()
        let old = try place.bytes(place.layout.checkpoint)
        for _ in 0..<10 { _ = try ledger.append(.command()) }
        ledger.close()
        let locked = try place.bytes(place.identity.lock)
        try place.write(old, to: place.layout.checkpoint)
        let again = try place.open()
        #expect(try place.bytes(place.layout.checkpoint) == locked)
        again.close()
        #expect(try place.bytes(place.identity.lock) == locked)
    }
}
