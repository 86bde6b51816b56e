import AccessModel
import Foundation
import Testing

@testable import AuditLog

@Suite("Recovery")
struct LedgerRecoveryTests {
    /// A ledger as kill -9 leaves it, four records that no head counts yet, and where each frame begins.
    private func crashed() throws -> (Workplace, frames: [Int], used: Int) {
        let place = try Workplace()
        let ledger = try place.open()
        for number in 0..<4 { _ = try ledger.append(.command("SELECT \(number)")) }
        let copy = try place.copy()
        ledger.close()
        let bytes = try copy.bytes(copy.segmentPaths()[0])
        let used = try #require(bytes.lastIndex { $0 != 0 }) + 1
        var frames: [Int] = []
        var position = SegmentHeader.bytes
        while position < used {
            frames.append(position)
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            position += SegmentCursor.frameBytes + length
        }
        return (copy, frames, used)
    }

    @Test("A last record that is torn at any byte is cut, kept aside and reported, and the ledger goes on")
    func torn() throws {
        let (origin, frames, used) = try crashed()
        let name = LedgerLayout.segmentName(first: 0)
        let whole = try origin.bytes(origin.segmentPaths()[0])
        let last = frames[3]
        for cut in last + 1..<used {
            let place = try origin.copy()
            var bytes = whole
            for index in cut..<used { bytes[index] = 0 }
            try place.write(bytes, to: place.segmentPaths()[0])
            let ledger = try place.open()
            #expect(ledger.recovery.records == 3)
            // A length whose bytes are all zero leaves nothing to be kept.
            let left = bytes[last..<cut].lastIndex { $0 != 0 }.map { $0 + 1 - last } ?? 0
            if left > 0 {
                let torn = try #require(ledger.recovery.torn, "cut at \(cut - last)")
                #expect((torn.segment, torn.offset, torn.bytes) == (name, Int64(last), left))
                #expect(try place.bytes(place.layout.torn + "/" + torn.kept) == Array(bytes[last..<last + left]))
            }
            _ = try ledger.append(.command("SELECT 'after'", in: RecordDraft.later))
            ledger.close()
            guard case .intact(let summary) = try place.verify() else {
                Issue.record("cut at \(cut - last): \(try place.verify())")
                return
            }
            #expect(summary.records == 4)
        }
    }

    @Test("A file that is cut short at any byte of its last record recovers like one that is torn")
    func short() throws {
        let (origin, frames, used) = try crashed()
        let whole = try origin.bytes(origin.segmentPaths()[0])
        for cut in stride(from: frames[3], to: used, by: 7) {
            let place = try origin.copy()
            try place.write(Array(whole[..<cut]), to: place.segmentPaths()[0])
            let ledger = try place.open()
            #expect(ledger.recovery.records == 3)
            _ = try ledger.append(.command("SELECT 'after'", in: RecordDraft.later))
            ledger.close()
            guard case .intact = try place.verify() else {
                Issue.record("cut at \(cut): \(try place.verify())")
                return
            }
        }
    }

    @Test("A byte changed in a record that others follow stops the start, and says where")
    func damagedBetween() throws {
        let (origin, frames, _) = try crashed()
        for frame in 0..<3 {
            for offset in stride(from: frames[frame], to: frames[frame + 1], by: 3) {
                let path = try origin.segmentPaths()[0]
                try origin.flip(path, offset)
                defer { try? origin.flip(path, offset) }
                do {
                    _ = try origin.open()
                    Issue.record("byte \(offset) was changed, and the ledger opened")
                    return
                } catch let error as LedgerError {
                    guard case .damaged(let damage) = error.code else {
                        Issue.record("\(error)")
                        return
                    }
                    #expect(damage.offset == Int64(frames[frame]))
                    #expect(damage.index == UInt64(frame))
                }
            }
        }
    }

    @Test("A byte changed in the last record is a torn end, where no head counts the record yet")
    func changedLast() throws {
        let (origin, frames, used) = try crashed()
        for offset in stride(from: frames[3], to: used, by: 5) {
            let place = try origin.copy()
            try place.flip(place.segmentPaths()[0], offset)
            let ledger = try place.open()
            #expect(ledger.recovery.records == 3)
            #expect(ledger.recovery.torn?.bytes == used - frames[3])
        }
    }

    @Test("A byte changed in a record that the head counts stops the start")
    func damagedBelowHead() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for number in 0..<4 { _ = try ledger.append(.command("SELECT \(number)")) }
        ledger.close()
        let path = try place.segmentPaths()[0]
        let used = try #require(place.bytes(path).lastIndex { $0 != 0 }) + 1
        for offset in stride(from: SegmentHeader.bytes, to: used, by: 3) {
            try place.flip(path, offset)
            #expect(throws: LedgerError.self, "byte \(offset)") { try place.open() }
            try place.flip(path, offset)
        }
        #expect(try place.open().recovery.records == 4)
    }

    @Test("A crash between a seal and the next segment is made good")
    func sealedLast() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for number in 0..<300 { _ = try ledger.append(.command("SELECT \(number)")) }
        let copy = try place.copy()
        ledger.close()
        let paths = try copy.segmentPaths()
        #expect(paths.count == 2)
        try FileManager.default.removeItem(atPath: paths[1])
        let again = try copy.open()
        #expect(again.recovery.segments == 2)
        #expect(again.recovery.torn == nil)
        let next = try again.append(.command(in: RecordDraft.later))
        #expect(next.index == again.recovery.records)
        again.close()
        guard case .intact = try copy.verify() else {
            Issue.record("\(try copy.verify())")
            return
        }
    }

    @Test("A segment that does not follow from the one before stops the start")
    func foreignSegment() throws {
        let (one, other) = (try Workplace(), try Workplace())
        for place in [one, other] {
            let ledger = try place.open()
            for number in 0..<300 { _ = try ledger.append(.command("SELECT \(number)")) }
            ledger.close()
        }
        let paths = try (one.segmentPaths(), other.segmentPaths())
        #expect(paths.0[1].hasSuffix(try #require(paths.1[1].split(separator: "/").last)))
        try one.write(other.bytes(paths.1[1]), to: paths.0[1])
        #expect(throws: LedgerError.self) { try one.open() }
        guard case .broken = try one.verify() else {
            Issue.record("not found")
            return
        }
    }

    @Test("A process that dies after any byte it wrote leaves a ledger that opens with all that it was told is there")
    func diesAnywhere() throws {
        // Enough for two segments; each life ends some bytes later than the one before.
        for budget in stride(from: 1_200, to: 90_000, by: 1_117) {
            let place = try Workplace()
            let disk = FaultyDisk()
            let ledger = try place.open(disk.options())
            disk.dieAfter(bytes: budget)
            var told: UInt64 = 0
            do {
                while told < 400 {
                    let command = try ledger.append(.command("SELECT \(told)"))
                    told = command.index + 1
                    _ = try ledger.appendOutcome(.outcome(of: command))
                }
            } catch {
                #expect(ledger.state != .accepting)
            }
            ledger.close()
            let opened = try place.open()
            #expect(opened.recovery.records >= told, "\(budget) bytes")
            _ = try opened.append(.command(in: RecordDraft.later))
            opened.close()
            guard case .intact = try place.verify() else {
                Issue.record("\(budget) bytes: \(try place.verify())")
                return
            }
        }
    }
}
