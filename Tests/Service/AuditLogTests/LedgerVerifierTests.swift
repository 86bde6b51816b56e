import AccessModel
import Foundation
import Testing

@testable import AuditLog

@Suite("Verification")
struct LedgerVerifierTests {
    /// A small ledger, closed: three commands, two of them with outcomes. Bytes used of its one segment.
    private func small() throws -> (Workplace, used: Int) {
        let place = try Workplace()
        let ledger = try place.open()
        for number in 0..<3 {
            let command = try ledger.append(.command("SELECT \(number)"))
            if number > 0 { _ = try ledger.appendOutcome(.outcome(of: command)) }
        }
        ledger.close()
        let bytes = try place.bytes(place.segmentPaths()[0])
        return (place, try #require(bytes.lastIndex { $0 != 0 }) + 1)
    }

    @Test("What a gateway wrote is intact, and the result tells how much it is")
    func intact() throws {
        let (place, _) = try small()
        guard case .intact(let summary) = try place.verify() else {
            Issue.record("broken: \(try place.verify())")
            return
        }
        #expect((summary.records, summary.segments) == (5, 1))
        #expect(summary.bytes == Int64(LedgerOptions.smallestSegment))
        #expect((summary.signed, summary.key) == (5, try LedgerKeys.verifierKeys(directory: place.directory).last))
    }

    @Test("Each single byte that is changed is found, and where it is told")
    func findsEveryByte() throws {
        let (place, used) = try small()
        let path = try place.segmentPaths()[0]
        let size = try place.bytes(path).count
        // Every byte that was written, and of the zeros the first, the last and some between.
        let offsets = Array(0..<used + 64) + stride(from: used + 64, to: size, by: 997) + [size - 1]
        for offset in offsets {
            let bits: UInt8 = [0x01, 0x80, 0xFF][offset % 3]
            try place.flip(path, offset, with: bits)
            if case .broken(let findings) = try place.verify() {
                #expect(findings[0].offset <= Int64(offset), "byte \(offset)")
                #expect(findings[0].file.hasSuffix(".segment"), "byte \(offset)")
            } else {
                Issue.record("byte \(offset) was changed and not found")
            }
            try place.flip(path, offset, with: bits)
        }
        guard case .intact = try place.verify() else {
            Issue.record("the test itself left a change")
            return
        }
    }

    @Test("Bytes changed in a sealed segment are found: records, seal, and the zeros after it")
    func findsInSealed() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for number in 0..<400 { _ = try ledger.append(.command("SELECT \(number)")) }
        ledger.close()
        let path = try place.segmentPaths()[0]
        #expect(try place.segmentPaths().count > 1)
        let bytes = try place.bytes(path)
        let used = try #require(bytes.lastIndex { $0 != 0 }) + 1
        let places = [5, 100, used / 2, used / 3] + Array(used - SegmentSeal.bytes..<used) + [used, bytes.count - 1]
        for offset in places {
            try place.flip(path, offset)
            guard case .broken = try place.verify() else {
                Issue.record("byte \(offset) was changed and not found")
                continue
            }
            try place.flip(path, offset)
        }
    }

    @Test("A ledger without one of its later segments, or with its end cut off, is broken")
    func findsMissing() throws {
        for victim in 1..<3 {
            let place = try Workplace()
            let ledger = try place.open()
            for number in 0..<600 { _ = try ledger.append(.command("SELECT \(number)")) }
            ledger.close()
            let paths = try place.segmentPaths()
            #expect(paths.count == 3)
            try FileManager.default.removeItem(atPath: paths[victim])
            guard case .broken = try place.verify() else {
                Issue.record("segment \(victim) was removed and not missed")
                continue
            }
        }
    }

    @Test("Records zeroed from the end are missed, for the head counted them")
    func findsCutTail() throws {
        let (place, used) = try small()
        let path = try place.segmentPaths()[0]
        var bytes = try place.bytes(path)
        let last = try #require(
            String(decoding: bytes[..<used], as: UTF8.self).isEmpty ? nil : bytes[..<used].lastRange(of: "{\"id\":")
        )
        for index in last - SegmentCursor.frameBytes..<used { bytes[index] = 0 }
        try place.write(bytes, to: path)
        guard case .broken(let findings) = try place.verify() else {
            Issue.record("not found")
            return
        }
        #expect(
            findings.map(\.what) == [
                "the ledger had 5 records and ends after 4", "5 records were signed, and the ledger ends after 4",
                "5 records were signed, and the ledger ends after 4",
            ]
        )
        #expect(throws: LedgerError.self) { try place.open() }
    }

    @Test("A segment that is cut short or grown is broken, though only zeros are gone")
    func findsSizes() throws {
        let (place, _) = try small()
        let path = try place.segmentPaths()[0]
        let bytes = try place.bytes(path)
        for changed in [Array(bytes.dropLast()), bytes + [0]] {
            try place.write(changed, to: path)
            guard case .broken = try place.verify() else {
                Issue.record("\(changed.count) bytes")
                continue
            }
        }
    }

    @Test("A head that is changed or gone is found")
    func findsHead() throws {
        let (place, _) = try small()
        let text = try place.bytes(place.layout.head)
        for offset in text.indices {
            try place.flip(place.layout.head, offset)
            guard case .broken = try place.verify() else {
                Issue.record("byte \(offset) of the head was changed and not found")
                continue
            }
            try place.flip(place.layout.head, offset)
        }
        try FileManager.default.removeItem(atPath: place.layout.head)
        guard case .broken = try place.verify() else {
            Issue.record("the head is gone")
            return
        }
        #expect(throws: LedgerError.self) { try place.open() }
    }

    /// Records that no gateway writes, in a chain that is in order.
    static let lies: [(kind: RecordKind, body: String, what: String)] = [
        (.command, "\"command\":{", "the record is not one line of well-formed JSON"),
        (.command, "\"command\":{\"text\":\"\n\"}", "the record is not one line of well-formed JSON"),
        (.command, "\"command\":{},\"command\":{}", "the record is not one line of well-formed JSON"),
        (.command, "\"command\":01", "the record is not one line of well-formed JSON"),
        (.command, "\"decision\":{}", "the command is missing"),
        (.outcome, "\"of\":\"0\",\"of_index\":0", "the outcome names no command before it"),
        (.command, "\"command\":{\"text\":null}", "the command's text are not named"),
        (
            .command, "\"command\":{\"text\":null,\"sha256\":\"\(String(repeating: "0", count: 64))\"}",
            "the command's text are missing: blob \(String(repeating: "0", count: 64))"
        ),
    ]

    @Test("A record that no gateway writes is found, though the chain holds", arguments: lies)
    func findsLies(kind: RecordKind, body: String, what: String) throws {
        let place = try Workplace()
        let ledger = try place.open()
        _ = try ledger.append(.command())
        _ = try ledger.append(RecordDraft(kind: kind, session: nil, body: Array(body.utf8)))
        ledger.close()
        guard case .broken(let findings) = try place.verify() else {
            Issue.record("not found")
            return
        }
        #expect(findings.map(\.what) == [what])
        #expect(findings[0].index == 1)
    }

    @Test("A second outcome of a command is found, and one of what is no command")
    func findsOutcomes() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let command = try ledger.append(.command())
        let outcome = try ledger.append(.outcome(of: command))
        _ = try ledger.append(.outcome(of: command))
        _ = try ledger.append(.outcome(of: outcome))
        ledger.close()
        guard case .broken(let findings) = try place.verify() else {
            Issue.record("not found")
            return
        }
        #expect(findings.map(\.index) == [2, 3])
    }

    @Test("A blob that was changed is found")
    func findsBlobs() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let digest = try ledger.storeBlob(Array("SELECT 'long'".utf8))
        #expect(try ledger.storeBlob(Array("SELECT 'long'".utf8)) == digest)
        let body = "\"command\":{\"text\":null,\"bytes\":13,\"sha256\":\"\(digest)\",\"parameters\":[]}"
        _ = try ledger.append(RecordDraft(kind: .command, session: nil, body: Array(body.utf8)))
        ledger.close()
        guard case .intact(let summary) = try place.verify() else {
            Issue.record("\(try place.verify())")
            return
        }
        #expect(summary.blobs == 1)
        try place.flip(place.layout.blob(digest), 3)
        guard case .broken = try place.verify() else {
            Issue.record("not found")
            return
        }
    }

    @Test("A ledger that is written meanwhile is intact")
    func besideAGateway() async throws {
        let place = try Workplace()
        var options = Workplace.options
        (options.checkpointInterval, options.checkpointLook) = (.milliseconds(1), .milliseconds(1))
        let ledger = try place.open(options)
        let isDone = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<3000 {
                    let command = try ledger.append(.command("SELECT \(number)"))
                    _ = try ledger.appendOutcome(.outcome(of: command))
                }
                isDone.set()
            }
            group.addTask {
                var rounds = 0
                while !isDone.isSet || rounds == 0 {
                    let anchors = VerificationAnchors(lock: place.identity.lock)
                    let result = try LedgerVerifier(directory: place.directory, anchors: anchors).run()
                    if case .broken(let findings) = result { Issue.record("\(findings)") }
                    rounds += 1
                }
            }
            try await group.waitForAll()
        }
    }
}

extension ArraySlice<UInt8> {
    /// Where the last occurrence of a text begins.
    func lastRange(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        return indices.dropLast(wanted.count - 1).last { self[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
