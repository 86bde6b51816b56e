import AccessModel
import Foundation
import Synchronization
import Testing
import TransparencyLog

@testable import AuditLog

@Suite("Checkpoints")
struct CheckpointTests {
    private func checkpoint(_ place: Workplace) throws -> SignedCheckpoint {
        let keys = try LedgerKeys.verifierKeys(directory: place.directory)
        return try SignedCheckpoint(place.bytes(place.layout.checkpoint), logs: keys)
    }

    @Test("A new ledger has a key of its own, a lock, and a signed checkpoint of no records")
    func begins() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let signed = try checkpoint(place)
        #expect((signed.checkpoint.size, signed.checkpoint.root) == (0, .emptyRoot))
        #expect(signed.checkpoint.origin == "example.com/test")
        #expect(signed.log == ledger.key)
        #expect(try place.bytes(place.identity.lock) == place.bytes(place.layout.checkpoint))
    }

    @Test("The tree of a checkpoint is that of the records, and each of them is proven by the tiles")
    func proves() throws {
        let place = try Workplace()
        let ledger = try place.open()
        var sizes: [UInt64] = []
        for count in [1, 254, 1, 1, 300, 700] {
            for _ in 0..<count { _ = try ledger.append(.command()) }
            try ledger.publishCheckpoint()
            let signed = try checkpoint(place)
            sizes.append(signed.checkpoint.size)
            var cursor = LedgerReader(directory: place.directory).cursor()
            var frontier = MerkleFrontier()
            var tree = LedgerTiles(directory: place.directory).tree(size: signed.checkpoint.size)
            while let entry = try cursor.next() {
                frontier.append(.leaf(entry.line))
                guard entry.index.isMultiple(of: 37) else { continue }
                #expect(try tree.entry(at: entry.index) == entry.line)
                try tree.inclusionProof(of: entry.index).verify(leaf: entry.leaf, root: signed.checkpoint.root)
            }
            #expect(frontier.root == signed.checkpoint.root)
        }
        #expect(sizes == [1, 255, 256, 257, 557, 1257])
        // Partial tiles go when the full one is there.
        let level = try FileManager.default.contentsOfDirectory(atPath: place.directory + "/tile/0").sorted()
        #expect(level == ["000", "001", "002", "003", "004.p"])
    }

    @Test("Checkpoints come by themselves: by time, by count, and after a session")
    func comes() async throws {
        for kind in 0..<3 {
            let place = try Workplace()
            var options = Workplace.options
            if kind == 0 { options.checkpointInterval = .milliseconds(1) }
            if kind == 1 { options.checkpointEntries = 3 }
            let ledger = try place.open(options)
            for _ in 0..<3 { _ = try ledger.append(.command()) }
            if kind == 2 {
                _ = try ledger.appendOutcome(RecordDraft(kind: .sessionClosed, session: RecordDraft.session, body: []))
            }
            let size = ledger.counters.size
            #expect(await eventually { ledger.checkpointStatus.size == size }, "kind \(kind)")
        }
    }

    @Test("A silence is broken by a heartbeat, and nothing else is")
    func heartbeat() async throws {
        let place = try Workplace()
        var options = Workplace.options
        options.heartbeat = .milliseconds(1)
        let ledger = try place.open(options)
        #expect(await eventually { ledger.counters.size >= 2 })
        ledger.close()
        let kinds = try Segments.read(place).0.map { JSONMembers(Array($0.utf8))?.string("kind") }
        #expect(Set(kinds) == ["gateway.heartbeat"])
    }

    @Test("Records of a session count from 0, each session for itself")
    func numbers() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for session in [RecordDraft.session, RecordDraft.later, RecordDraft.session, RecordDraft.session] {
            _ = try ledger.append(.command(in: session))
        }
        #expect(throws: LedgerError.self) {
            try ledger.append(.command(String(repeating: "x", count: RecordLimits.record)))
        }
        _ = try ledger.append(.command())
        ledger.close()
        let numbers = try Segments.read(place).0.map { JSONMembers(Array($0.utf8))?.number("n") }
        #expect(numbers == [0, 0, 1, 2, 3])
    }

    @Test("No two records are salted alike")
    func salts() throws {
        var source = SaltSource()
        let salts = try (0..<2000).map { _ in try source.next() }
        #expect(Set(salts).count == 2000)
    }

    @Test("Witnesses are asked once nothing else can be signed, and what they give is published")
    func cosigned() async throws {
        let place = try Workplace()
        let witness = try NoteSigner(name: "witness.example", algorithm: .cosignature, seed: Array(32..<64))
        let asked = Mutex<[UInt64]>([])
        let publisher = CheckpointPublisher(
            cosign: { note, checkpoint, prover in
                // The lock has it already.
                let locked = try? place.bytes(place.identity.lock)
                guard locked == note.bytes, let proof = try? await prover(1), proof.newSize == checkpoint.size else {
                    return []
                }
                asked.withLock { $0.append(checkpoint.size) }
                return (try? witness.signature(of: note.text, time: 1_700_000_000)).map { [$0] } ?? []
            },
            patience: .seconds(600)
        )
        let ledger = try place.open(publisher: publisher)
        for _ in 0..<3 { _ = try ledger.append(.command()) }
        // A thread of its own: the pool's threads must be free for the witness.
        let done = Flag()
        let thread = try LedgerThread("publishes") {
            try? ledger.publishCheckpoint()
            done.set()
        }
        #expect(await eventually { done.isSet })
        thread.join()
        let keys = try LedgerKeys.verifierKeys(directory: place.directory)
        let signed = try SignedCheckpoint(place.bytes(place.layout.checkpoint), logs: keys, witnesses: [witness.key])
        #expect(asked.withLock { $0 } == [3])
        #expect(signed.cosignatures.map(\.time) == [1_700_000_000])
    }

    @Test("A new key is named under the old one, both verify what they signed, and the ledger goes on")
    func rotates() throws {
        let place = try Workplace()
        let ledger = try place.open()
        _ = try ledger.append(.command())
        let old = ledger.key
        let new = try ledger.rotateKey()
        #expect(new != old)
        let handover = try checkpoint(place)
        #expect((handover.log, handover.checkpoint.size) == (old, 2))
        let next = try place.open()
        #expect(next.key == new)
        _ = try next.append(.command(in: RecordDraft.later))
        next.close()
        #expect(try checkpoint(place).log == new)
        #expect(try LedgerKeys.verifierKeys(directory: place.directory) == [old, new])
        let earlier = VerificationAnchors.Earlier(name: "old", note: handover.note.bytes)
        let anchors = VerificationAnchors(key: old, earlier: [earlier], lock: place.identity.lock)
        guard case .intact(let summary) = try place.verify(anchors) else {
            Issue.record("\(try place.verify(anchors))")
            return
        }
        #expect(summary.key == new)
    }

    @Test("A rotation that a crash broke off is gone on with, and no gateway starts before")
    func rotationBreaksOff() throws {
        let place = try Workplace()
        // The record is there: the checkpoint over it, or the change of keys, is not.
        for isSigned in [false, true] {
            let ledger = try place.open()
            let old = ledger.key
            let keys = LedgerKeys(identity: place.identity, directory: place.directory)
            let rotation = try KeyRotation(from: ledger.signer, to: keys.prepare(origin: place.identity.origin))
            _ = try ledger.append(RecordDraft(kind: .keyRotated, session: nil, body: rotation.body))
            if isSigned { try ledger.publishCheckpoint() }
            let crashed = try place.copy()
            ledger.close()
            #expect(throws: LedgerError(.unsigned(.rotationUnfinished))) { try crashed.open() }
            let unfinished = try Ledger(
                directory: crashed.directory,
                identity: crashed.identity,
                options: Workplace.options,
                finishesRotation: true
            ) { Timestamp(seconds: 1_795_000_000) }
            #expect(try unfinished.rotateKey() == rotation.to)
            let next = try crashed.open()
            #expect(next.key == rotation.to)
            next.close()
            guard
                case .intact(let summary) = try crashed.verify(
                    VerificationAnchors(key: old, lock: crashed.identity.lock)
                )
            else {
                Issue.record("\(try crashed.verify())")
                return
            }
            #expect(summary.records == 1)
            try FileManager.default.removeItem(atPath: place.root + "/ledger")
            try FileManager.default.removeItem(atPath: place.root + "/keys")
        }
    }

    @Test("Sealed segments below the checkpoint may go: readers, verification and the next start take the bundles")
    func withoutOldSegments() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for _ in 0..<1000 { _ = try ledger.append(.command()) }
        ledger.close()
        let reader = LedgerReader(directory: place.directory)
        var before = reader.cursor()
        var entries: [LedgerEntry] = []
        while let entry = try before.next() { entries.append(entry) }
        let paths = try place.segmentPaths()
        try #require(paths.count >= 4)
        for path in paths.prefix(3) { try FileManager.default.removeItem(atPath: path) }
        let fresh = LedgerReader(directory: place.directory)
        for start in [0, 1, 255, 256, 300, 700, 999] {
            var cursor = fresh.cursor(from: UInt64(start))
            for entry in entries[start...] { #expect(try cursor.next()?.line == entry.line) }
            #expect(try cursor.next() == nil)
            // A place that an index or an exporter kept, in a segment that is gone.
            var middle = fresh.cursor(from: UInt64(start))
            _ = try middle.next()
            var other = fresh.cursor(at: middle.position)
            #expect(try other.next()?.index == (start == 999 ? nil : UInt64(start) + 1))
            let entry = entries[start]
            let found = try fresh.entry(index: entry.index, segment: entry.segment, offset: entry.offset)
            #expect(found?.line == entry.line)
            #expect(found?.leaf == entry.leaf)
        }
        guard case .intact(let summary) = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
        #expect(summary.records == 1000)
        let again = try place.open()
        #expect(try again.append(.command(in: RecordDraft.later)).index == 1000)
        again.close()
        guard case .intact = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
        try place.flip(place.directory + "/tile/entries/001", 100)
        guard case .broken = try place.verify() else {
            Issue.record("not found")
            return
        }
    }

    @Test("A handover that the old key did not sign is found")
    func forgedRotation() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let thief = try NoteSigner(name: "example.com/test", algorithm: .ed25519, seed: Array(0..<32))
        let stranger = try NoteSigner(name: "example.com/test", algorithm: .ed25519, seed: Array(1..<33))
        let body = String(decoding: try KeyRotation(from: thief, to: stranger.key).body, as: UTF8.self)
            .replacing(thief.key.text, with: ledger.key.text)
        _ = try ledger.append(RecordDraft(kind: .keyRotated, session: nil, body: Array(body.utf8)))
        ledger.close()
        guard case .broken(let findings) = try place.verify() else {
            Issue.record("not found")
            return
        }
        #expect(findings.map(\.what) == ["the new key is not signed for by the old one"])
    }

    @Test("A blob that a record says was erased is not missed; one that is just gone is")
    func erases() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let digest = try ledger.storeBlob(Array("SELECT 'long'".utf8))
        let body = "\"command\":{\"text\":null,\"bytes\":13,\"sha256\":\"\(digest)\",\"parameters\":[]}"
        _ = try ledger.append(RecordDraft(kind: .command, session: nil, body: Array(body.utf8)))
        #expect(try ledger.eraseBlob(digest, reason: "too soon", rule: nil) == nil)
        let gone = try place.copy()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)],
            ofItemAtPath: place.layout.blob(digest)
        )
        #expect(try ledger.eraseBlobs(olderThan: .seconds(86_400), rule: "1d").map(\.blob) == [digest])
        #expect(try ledger.eraseBlobs(olderThan: .seconds(86_400), rule: "1d") == [])
        ledger.close()
        guard case .intact(let summary) = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
        #expect((summary.blobs, summary.erased) == (0, 1))
        try FileManager.default.removeItem(atPath: gone.layout.blob(digest))
        guard case .broken(let findings) = try gone.verify() else {
            Issue.record("not found")
            return
        }
        #expect(findings.map(\.what) == ["the command's text are missing: blob \(digest)"])
    }
}
