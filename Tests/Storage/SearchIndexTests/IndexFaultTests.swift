import AccessModel
import Foundation
import SearchIndex
import Synchronization
import Testing

@Suite("An index that cannot serve is made again")
struct IndexFaultTests {
    typealias Damage = (what: String, inflict: @Sendable (String) throws -> Void)

    static let damages: [Damage] = [
        ("text", { try Data("this is no database, and never was one".utf8).write(to: URL(filePath: $0)) }),
        ("a page of noise at the front", { try overwrite($0, at: 0, with: [UInt8](repeating: 0xA5, count: 4096)) }),
        ("noise in every page but the first", { try overwriteBehindTheFirstPage($0) }),
        ("half of it", { try halve($0) }),
        ("another table", { try alter($0, "DROP TABLE record; CREATE TABLE record (idx INTEGER)") }),
        ("a view in a table's place", { try alter($0, "DROP TABLE effect; CREATE VIEW effect AS SELECT 1 AS shape") }),
        ("a table that is gone", { try alter($0, "DROP TABLE session_role") }),
        ("an index that is gone", { try alter($0, "DROP INDEX record_time") }),
        ("another version", { try alter($0, "PRAGMA user_version = 1") }),
    ]

    @Test("What was done to its file is noticed and said, and the answer is whole", arguments: damages)
    func rebuilds(what: String, inflict: @Sendable (String) throws -> Void) throws {
        let place = try filled()
        #expect(try place.index().indices().count == 301)
        try inflict(place.indexPath)
        let told = Mutex<[String]>([])
        let index = try place.index { text in told.withLock { $0.append(text) } }
        #expect(try index.indices().count == 301, "\(what)")
        #expect(told.withLock { $0.count } == 1, "\(what): \(told.withLock { $0 })")
        #expect(try place.index().indices(limit: 3) == [0, 1, 2])
    }

    @Test("A new file is as private as the old one was")
    func keepsItsMode() throws {
        let place = try filled()
        #expect(try place.index().indices().count == 301)
        chmod(place.indexPath, 0o600)
        try Data("no database".utf8).write(to: URL(filePath: place.indexPath))
        chmod(place.indexPath, 0o600)
        #expect(try place.index { _ in }.indices().count == 301)
        let mode = try FileManager.default.attributesOfItem(atPath: place.indexPath)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("A damage that is met in the middle of an answer costs no record and tells none twice")
    func goesOnInTheMiddle() throws {
        let place = try filled()
        let told = Mutex(0)
        let index = try place.index { _ in told.withLock { $0 += 1 } }
        try index.catchUp()
        try IndexFaultTests.alter(place.indexPath, "PRAGMA wal_checkpoint(TRUNCATE)")
        var found = 0
        try index.search(AuditQuery(), order: .newestFirst) { _ in
            found += 1
            if found == 5 { try IndexFaultTests.overwriteBehindTheFirstPage(place.indexPath) }
        }
        #expect(found == 301)
        // What SQLite had read already it need not read again.
        #expect(told.withLock { $0 } <= 1)
    }

    @Test("An index whose file was taken away knows that it works for nobody")
    func noticesThatItIsGone() throws {
        let place = try filled()
        let index = try place.index()
        #expect(index.isInPlace)
        try FileManager.default.removeItem(atPath: place.indexPath)
        #expect(!index.isInPlace)
        _ = try place.index()
        #expect(!index.isInPlace)
    }

    // MARK: What is done to a file

    private func filled() throws -> IndexedLedger {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        for number in 0..<300 { try place.command(Cases.session, "SELECT \(number) FROM orders") }
        return place
    }

    private static func overwrite(_ path: String, at offset: UInt64, with bytes: [UInt8]) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: bytes)
        try file.close()
    }

    private static func overwriteBehindTheFirstPage(_ path: String) throws {
        try alter(path, "PRAGMA wal_checkpoint(TRUNCATE)")
        let size = try Data(contentsOf: URL(filePath: path)).count
        try overwrite(path, at: 4096, with: [UInt8](repeating: 0xA5, count: size - 4096))
    }

    private static func halve(_ path: String) throws {
        try alter(path, "PRAGMA wal_checkpoint(TRUNCATE)")
        let bytes = try Data(contentsOf: URL(filePath: path))
        try bytes.prefix(bytes.count / 2).write(to: URL(filePath: path))
    }

    private static func alter(_ path: String, _ sql: String) throws {
        try SQLiteFile.run(sql, on: path)
    }
}
