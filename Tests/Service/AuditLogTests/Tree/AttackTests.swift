import AccessModel
import Foundation
import Synchronization
import Testing
import TransparencyLog

@testable import AuditLog

@Suite("What is done to a ledger's folder")
struct AttackTests {
    /// 300 records in two segments, all of them signed for; and the checkpoint of the first 200 that an auditor kept.
    private func signed() throws -> (place: Workplace, kept: VerificationAnchors.Earlier) {
        let place = try Workplace()
        let ledger = try place.open()
        for number in 0..<200 { _ = try ledger.append(.command("SELECT \(number)")) }
        try ledger.publishCheckpoint()
        let kept = VerificationAnchors.Earlier(name: "kept", note: try place.bytes(place.layout.checkpoint))
        for number in 200..<300 { _ = try ledger.append(.command("SELECT \(number)")) }
        ledger.close()
        return (place, kept)
    }

    /// What a verification says, file and words.
    private func findings(_ place: Workplace, _ anchors: VerificationAnchors? = nil) throws -> [String] {
        guard case .broken(let findings) = try place.verify(anchors) else { return [] }
        return findings.map { "\($0.file)\($0.index.map { " \($0)" } ?? ""): \($0.what)" }
    }

    private func refusal(_ place: Workplace) -> String {
        do {
            _ = try place.open()
            return "opened"
        } catch {
            return "\(error)"
        }
    }

    @Test("Untouched it is intact, and extends the checkpoint that was kept")
    func untouched() throws {
        let (place, kept) = try signed()
        let anchors = VerificationAnchors(
            key: try LedgerKeys.verifierKeys(directory: place.directory).first,
            earlier: [kept],
            lock: place.identity.lock
        )
        guard case .intact(let summary) = try place.verify(anchors) else {
            Issue.record("\(try findings(place, anchors))")
            return
        }
        #expect((summary.records, summary.signed, summary.earlier) == (300, 300, 1))
        #expect(refusal(place) == "opened")
    }

    typealias Rewriting = (what: String, change: @Sendable (inout [[UInt8]]) -> Void, found: String)

    static let rewritings: [Rewriting] = [
        (
            "a record edited", { Forger.edit(&$0, 17, from: "SELECT 17", to: "SELECT 71") },
            "tile/0/000 17: the record is not the one whose hash was signed"
        ),
        (
            "two records swapped", { $0.swapAt(3, 4) },
            "00000000000000000000.segment 3: the record says that it is another one"
        ),
        (
            "a record deleted", { $0.remove(at: 9) },
            "00000000000000000000.segment 9: the record says that it is another one"
        ),
        (
            "a record inserted",
            { lines in
                lines.insert(lines[5], at: 5)
                lines.removeLast()
            },
            "00000000000000000000.segment 6: the record says that it is another one"
        ),
        (
            "a salt changed", { lines in lines[0][lines[0].count - 4] ^= 1 },
            "tile/0/000 0: the record is not the one whose hash was signed"
        ),
    ]

    @Test("Records rewritten with their hashes are found where it was done", arguments: rewritings)
    func rewritten(what: String, change: @Sendable (inout [[UInt8]]) -> Void, found: String) throws {
        let (place, _) = try signed()
        try Forger(place: place).rewrite(change)
        let all = try findings(place)
        #expect(all.contains(found), "\(what): \(all)")
    }

    @Test("The end cut off together with its head is missed by the signed checkpoint, and no gateway starts on it")
    func truncated() throws {
        let (place, _) = try signed()
        try FileManager.default.removeItem(atPath: place.segmentPaths()[1])
        try Forger(place: place).rewrite { $0.removeLast(20) }
        try Forger(place: place).rewriteHead()
        let all = try findings(place)
        #expect(all.contains { $0.hasPrefix("checkpoint ") && $0.contains("300 records were signed") }, "\(all)")
        #expect(refusal(place).contains("300 were signed: it was rolled back or cut"))
    }

    @Test("A ledger rolled back alone is older than its lock: no gateway starts, verification says so")
    func rolledBack() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for _ in 0..<50 { _ = try ledger.append(.command()) }
        ledger.close()
        let backup = try place.copy()
        let again = try place.open()
        for _ in 0..<50 { _ = try again.append(.command(in: RecordDraft.later)) }
        again.close()
        try FileManager.default.removeItem(atPath: place.directory)
        try FileManager.default.copyItem(atPath: backup.directory, toPath: place.directory)
        #expect(refusal(place).contains("the ledger has 50 records and 100 were signed"))
        let all = try findings(place)
        #expect(all.contains { $0.contains("100 records were signed, and the ledger ends after 50") }, "\(all)")
    }

    @Test("All of the data rolled back is found by whoever kept a later checkpoint, and by nobody else")
    func rolledBackWhole() throws {
        let (place, _) = try signed()
        let backup = try place.copy()
        let ledger = try place.open()
        for _ in 0..<10 { _ = try ledger.append(.command(in: RecordDraft.later)) }
        ledger.close()
        let later = VerificationAnchors.Earlier(name: "later", note: try place.bytes(place.layout.checkpoint))
        #expect(try findings(backup) == [])
        #expect(
            try findings(backup, VerificationAnchors(earlier: [later]))
                == ["later 300: 310 records were signed, and the ledger ends after 300"]
        )
    }

    @Test("A copy cannot go on beside the original while they share a lock, nor after it")
    func forked() throws {
        let (place, _) = try signed()
        let copy = try place.copy()
        var shared = copy.identity
        shared.lock = place.identity.lock
        func openCopy() throws -> Ledger {
            try Ledger(directory: copy.directory, identity: shared, options: Workplace.options) {
                Timestamp(seconds: 1_795_000_000)
            }
        }
        let ledger = try place.open()
        #expect(throws: LedgerError(.unsigned(.lockHeld(shared.lock)))) { try openCopy() }
        _ = try ledger.append(.command(in: RecordDraft.later))
        ledger.close()
        #expect(throws: LedgerError(.unsigned(.older(records: 300, signed: 301)))) { try openCopy() }
    }

    @Test(
        "A history written anew and signed with the stolen key is found by the lock, and by a checkpoint that was kept"
    )
    func stolenKey() throws {
        let (place, kept) = try signed()
        let forged = try Workplace()
        try FileManager.default.createDirectory(atPath: forged.identity.keys, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: place.identity.keys + "/ledger.key",
            toPath: forged.identity.keys + "/ledger.key"
        )
        let ledger = try forged.open()
        for number in 0..<300 { _ = try ledger.append(.command("SELECT \(number)")) }
        ledger.close()
        // Whoever believes the folder alone sees nothing.
        #expect(try findings(forged, VerificationAnchors()) == [])
        #expect(
            try findings(forged, VerificationAnchors(earlier: [kept]))
                == ["kept 200: the ledger does not extend the one that was seen then: its history was changed"]
        )
        try FileManager.default.removeItem(atPath: place.directory)
        try FileManager.default.copyItem(atPath: forged.directory, toPath: place.directory)
        #expect(try findings(place).contains { $0.contains("another tree than the one that the lock holds") })
        #expect(refusal(place).contains("the tree is not the one of 300 records that was signed"))
    }

    @Test("An old checkpoint put in the new one's place is told by verification, and replaced by the next start")
    func replayed() throws {
        let (place, kept) = try signed()
        let newest = try place.bytes(place.layout.checkpoint)
        try place.write(kept.note, to: place.layout.checkpoint)
        guard case .intact(let summary) = try place.verify() else {
            Issue.record("\(try findings(place))")
            return
        }
        #expect(summary.signed == 200 && summary.lastSigned == 300)
        try place.open().close()
        #expect(try place.bytes(place.layout.checkpoint) == newest)
    }

    @Test("A tile, a bundle or a partial one that is changed, cut or gone is found", arguments: [0, 1, 2])
    func tiles(kind: Int) throws {
        let (place, _) = try signed()
        let tree = place.directory + "/tile"
        let names = try #require(FileManager.default.enumerator(atPath: tree)).compactMap { $0 as? String }
        let files = names.filter { !$0.hasSuffix(".p") && (try? place.bytes(tree + "/" + $0)) != nil }
        #expect(files.sorted() == ["0/000", "0/001.p/44", "1/000.p/1", "entries/000", "entries/001.p/44"])
        for name in files {
            let bytes = try place.bytes(tree + "/" + name)
            switch kind {
            case 0: try place.flip(tree + "/" + name, bytes.count / 2)
            case 1: try place.write(Array(bytes.dropLast()), to: tree + "/" + name)
            default: try FileManager.default.removeItem(atPath: tree + "/" + name)
            }
            let all = try findings(place)
            #expect(all.contains { $0.hasPrefix("tile/\(name)") }, "\(name): \(all)")
            try place.write(bytes, to: tree + "/" + name)
        }
        #expect(try findings(place) == [])
    }

    @Test("Without its lock no gateway starts, nor with one that somebody else signed, nor with an older one")
    func lock() throws {
        let (place, kept) = try signed()
        let lock = try place.bytes(place.identity.lock)
        try FileManager.default.removeItem(atPath: place.identity.lock)
        #expect(refusal(place).contains("ledger.lock is missing: put it back"))
        #expect(try findings(place) == ["\(place.identity.lock): the lock is missing"])
        let other = try Workplace()
        try other.open().close()
        try place.write(other.bytes(other.identity.lock), to: place.identity.lock)
        #expect(refusal(place).contains("holds no checkpoint that this ledger's key signed"))
        try place.write(kept.note, to: place.identity.lock)
        #expect(refusal(place).contains("the lock is of 200 records and the published checkpoint of 300"))
        #expect(try findings(place) == ["\(place.identity.lock): the lock is of 200 records and the checkpoint of 300"])
        try place.write(lock, to: place.identity.lock)
        #expect(refusal(place) == "opened")
    }

    @Test("Another key than the ledger's own is not taken, and a forged list of keys is found by the key that is known")
    func foreignKey() throws {
        let (place, _) = try signed()
        let known = try LedgerKeys.verifierKeys(directory: place.directory)[0]
        let forged = try Workplace()
        let ledger = try forged.open()
        for number in 0..<300 { _ = try ledger.append(.command("SELECT \(number)")) }
        ledger.close()
        #expect(try findings(forged, VerificationAnchors()) == [])
        #expect(
            try findings(forged, VerificationAnchors(key: known))
                == ["keys: the ledger's keys do not follow from the key that was given"]
        )
        try place.write(forged.bytes(forged.layout.checkpoint), to: place.layout.checkpoint)
        #expect(
            try findings(place).contains("checkpoint: the signature of example.com/test is wrong")
                || !findings(place).isEmpty
        )
        #expect(refusal(place).contains("the published checkpoint is not signed by its key"))
    }

    @Test("A key that others may read, that is no key, or that is gone, stops the start")
    func key() throws {
        let (place, _) = try signed()
        let path = place.identity.keys + "/ledger.key"
        chmod(path, 0o640)
        #expect(refusal(place).contains("others may read the ledger's key"))
        chmod(path, 0o600)
        let seed = try place.bytes(path)
        try place.write(Array(seed.dropLast()), to: path)
        chmod(path, 0o600)
        #expect(refusal(place).contains("is no key of 32 bytes"))
        try FileManager.default.removeItem(atPath: path)
        #expect(refusal(place).contains("the ledger's key \(path) is missing"))
    }
}
