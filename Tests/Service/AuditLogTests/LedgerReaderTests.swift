import AccessModel
import Foundation
import Testing

@testable import AuditLog

@Suite("Readers")
struct LedgerReaderTests {
    private func all(_ cursor: inout LedgerCursor) throws -> [UInt64] {
        var found: [UInt64] = []
        while let entry = try cursor.next() { found.append(entry.index) }
        return found
    }

    @Test("A cursor reads all records in order, across segments, and goes on when more come")
    func follows() throws {
        let place = try Workplace()
        let reader = LedgerReader(directory: place.directory)
        var cursor = reader.cursor()
        #expect(try cursor.next() == nil)
        let ledger = try place.open()
        #expect(try cursor.next() == nil)
        var expected: UInt64 = 0
        for count in [1, 1, 250, 3, 400] {
            for _ in 0..<count { _ = try ledger.append(.command()) }
            #expect(try all(&cursor) == Array(expected..<expected + UInt64(count)))
            expected += UInt64(count)
            #expect(cursor.position?.index == expected)
        }
    }

    @Test("A cursor goes on where another was, in the middle of a segment and at its end")
    func resumes() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for _ in 0..<500 { _ = try ledger.append(.command()) }
        let reader = LedgerReader(directory: place.directory)
        var cursor = reader.cursor()
        for stop in 0..<500 as Range<UInt64> {
            _ = try cursor.next()
            guard stop.isMultiple(of: 13) || (195...260).contains(stop) else { continue }
            var other = reader.cursor(at: cursor.position)
            #expect(try other.next()?.index == (stop == 499 ? nil : stop + 1))
        }
        var from = reader.cursor(from: 321)
        #expect(try all(&from) == Array(321..<500))
        var beyond = reader.cursor(from: 501)
        #expect(try beyond.next() == nil)
        for _ in 0..<3 { _ = try ledger.append(.command()) }
        #expect(try all(&beyond) == [501, 502])
    }

    @Test("A record is read by its place, and only if it is the one of that index")
    func byPlace() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for _ in 0..<400 { _ = try ledger.append(.command()) }
        let reader = LedgerReader(directory: place.directory)
        var cursor = reader.cursor()
        while let entry = try cursor.next() {
            #expect(try reader.entry(index: entry.index, segment: entry.segment, offset: entry.offset) == entry)
            #expect(try reader.entry(index: entry.index + 1, segment: entry.segment, offset: entry.offset) == nil)
            #expect(try reader.entry(index: entry.index, segment: entry.segment, offset: entry.offset + 1) == nil)
        }
        #expect(try reader.entry(index: 0, segment: 0, offset: 1 << 40) == nil)
        #expect(try reader.entry(index: 7, segment: 7, offset: 96) == nil)
    }

    @Test("An unfinished end is the end, and is told; what is changed before it is damage")
    func torn() throws {
        let place = try Workplace()
        let ledger = try place.open()
        for _ in 0..<300 { _ = try ledger.append(.command()) }
        let copy = try place.copy()
        ledger.close()
        let paths = try copy.segmentPaths()
        try #require(paths.count == 2)
        let used = try #require(copy.bytes(paths[1]).lastIndex { $0 != 0 })
        try copy.flip(paths[1], used)
        var cursor = LedgerReader(directory: copy.directory).cursor()
        #expect(try all(&cursor) == Array(0..<299))
        #expect(cursor.isTorn)
        try copy.flip(paths[0], 500)
        var other = LedgerReader(directory: copy.directory).cursor()
        #expect(throws: LedgerError.self) { try all(&other) }
    }

    @Test("Waiting ends when a record comes, and at its limit when none does")
    func waits() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let reader = LedgerReader(directory: place.directory)
        var cursor = reader.cursor()
        let start = ContinuousClock.now
        cursor.wait(atMost: .milliseconds(20))
        #expect(start.duration(to: .now) >= .milliseconds(20))
        #expect(try cursor.next() == nil)
        // A thread of its own: the pool's are held by tests that wait.
        let thread = try LedgerThread("appends") { _ = try? ledger.append(.command()) }
        cursor.wait(atMost: .seconds(600))
        #expect(try cursor.next()?.index == 0)
        thread.join()
    }

    @Test("A long blob is read in part, and no name leads out of the folder")
    func blobs() throws {
        let place = try Workplace()
        let ledger = try place.open()
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        let digest = try ledger.storeBlob(bytes)
        let reader = LedgerReader(directory: place.directory)
        #expect(try reader.blob(digest) == bytes)
        #expect(try reader.blob(digest, limit: 10) == Array(bytes[..<10]))
        for name in ["", "..", "../../head", String(repeating: "a", count: 64), String(repeating: "/", count: 64)] {
            #expect(try reader.blob(name) == nil)
        }
    }

    @Test("What the ledger makes is its owner's alone")
    func permissions() throws {
        let place = try Workplace()
        let ledger = try place.open()
        _ = try ledger.append(.command())
        let blob = try ledger.storeBlob([1])
        ledger.close()
        let files = FileManager.default
        func mode(_ path: String) throws -> Int {
            try #require(files.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber).intValue
        }
        for folder in ["", "/segments", "/blobs", "/torn", "/blobs/\(blob.prefix(2))"] {
            #expect(try mode(place.directory + folder) == 0o700)
        }
        for file in try place.segmentPaths() + [place.layout.head, place.layout.lock, place.layout.blob(blob)] {
            #expect(try mode(file) == 0o600)
        }
    }
}
