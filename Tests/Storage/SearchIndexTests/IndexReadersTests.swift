import AccessModel
import AuditLog
import Foundation
import GRDB
import Testing

@testable import SearchIndex

@Suite("Questions to the index of many at once")
struct IndexReadersTests {
    private let place: IndexedLedger
    private let index: LedgerIndex
    private let readers: IndexReaders

    /// The records that `Cases.filters` are about.
    init() throws {
        place = try IndexedLedger()
        try place.open(Cases.session, subject: "one", commit: "c0ffee", run: "1")
        try place.open(Cases.other, subject: "two", commit: "beef", run: "2")
        try place.command(Cases.session, "SELECT status FROM orders")
        place.advance(seconds: 10)
        try place.command(
            Cases.session,
            "DELETE FROM items",
            action: "delete",
            object: "public.items",
            decision: "deny"
        )
        try place.command(Cases.other, "SELECT 1 FROM orders")
        try place.command(Cases.other, "DELETE FROM archive.x", action: "delete", object: "archive.x", role: "spare")
        index = try place.index()
        try index.catchUp()
        readers = IndexReaders(path: place.indexPath, reader: place.reader)
    }

    @Test(
        "A search page by page finds what a search of everything finds, in both orders",
        arguments: Cases.filters
    )
    func pages(name: String, query: @Sendable (inout AuditQuery) -> Void, found expected: [UInt64]) throws {
        var asked = AuditQuery()
        query(&asked)
        for (order, limit) in [AuditOrder.oldestFirst, .newestFirst].flatMap({ order in [1, 2, 50].map { (order, $0) } }
        ) {
            var (found, after) = ([UInt64](), UInt64?.none)
            repeat {
                let page = try readers.read { try $0.search(asked, order: order, after: after, limit: limit) }
                #expect(page.lines.count <= limit)
                #expect(page.reached == nil)
                found += page.lines.compactMap { RecordOpening($0)?.index }
                after = page.next
            } while after != nil && found.count < 100
            #expect(found == (order == .oldestFirst ? expected : expected.reversed()), "\(name) by \(limit)")
        }
    }

    @Test("A search whose time is over says down to where it looked, and goes on from there")
    func stopsInTime() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        // More than one window of records.
        for number in 0..<5000 { try place.command(Cases.session, "SELECT \(number % 7)") }
        let index = try place.index()
        try index.catchUp()
        let patience = IndexReaders.Patience(soft: .zero, hard: .seconds(60))
        let readers = IndexReaders(path: place.indexPath, reader: place.reader, patience: patience)
        var asked = AuditQuery()
        // What most records have: no index leads to it.
        asked.decision = .allow
        asked.kinds = [.command]
        var (rounds, after, found) = (0, UInt64?.none, 0)
        repeat {
            let page = try readers.read { try $0.search(asked, order: .newestFirst, after: after, limit: 4000) }
            if let reached = page.reached { #expect(reached.index == page.next) }
            found += page.lines.count
            after = page.next
            rounds += 1
        } while after != nil && rounds < 20
        #expect(found == 5000)
        #expect(rounds > 2, "it was answered in one go, and stopped nowhere")
    }

    @Test("Facets of what is far apart count a page of it once their time is over, and say that it is not all")
    func facetsInTime() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        for number in 0..<5000 {
            try place.command(Cases.session, "SELECT 1", decision: number % 10 == 0 ? "allow" : "deny")
        }
        let index = try place.index()
        try index.catchUp()
        let readers = IndexReaders(path: place.indexPath, reader: place.reader)
        var asked = AuditQuery()
        asked.decision = .allow
        asked.kinds = [.command]
        let hasty = try readers.read { try $0.facets(asked, patience: .zero) }
        #expect((Facets.least..<500).contains(hasty.counted) && !hasty.isComplete, "\(hasty.counted)")
        let patient = try readers.read { try $0.facets(asked, patience: .seconds(60)) }
        #expect(patient.counted == 500 && patient.isComplete)
    }

    @Test("Facets count what matches, a session's values for each of its records")
    func facets() throws {
        var asked = AuditQuery()
        asked.kinds = [.command]
        let facets = try readers.read { try $0.facets(asked) }
        #expect(facets.counted == 4 && facets.isComplete)
        let lists = Dictionary(uniqueKeysWithValues: facets.lists.map { ("\($0.name)", $0.values) })
        func pairs(_ name: String) -> [String] { lists[name]?.map { "\($0.text) \($0.count)" } ?? [] }
        #expect(pairs("decision") == ["allow 3", "deny 1"])
        #expect(pairs("role") == ["job 3", "spare 1"])
        #expect(pairs("owner") == ["ana@example.com 3", "bo@example.com 1"])
        #expect(pairs("principal") == ["one 2", "two 2"])
        #expect(pairs("action") == ["delete 2", "select 2"])
        #expect(pairs("object") == ["public.orders 2", "archive.x 1", "public.items 1"])
    }

    @Test("Sessions that are over are listed, those that live are not, and a lost one is told from one that closed")
    func sessions() throws {
        #expect(try readers.read { try $0.ended(principal: nil, role: nil, target: nil, after: nil, limit: 9) } == [])
        try place.note(.sessionClosed, Cases.session, "\"close\":{\"reason\":\"left\",\"commands\":2,\"denied\":1}")
        try place.note(.gatewayStarted, nil, "\"gateway\":{}")
        try index.catchUp()
        let all = try readers.read { try $0.ended(principal: nil, role: nil, target: nil, after: nil, limit: 9) }
        #expect(all.map(\.id) == [Cases.other, Cases.session])
        #expect(all.first?.end == .lost)
        guard case .closed = all.last?.end else { return #expect(Bool(false), "\(all)") }
        let filtered = try readers.read {
            try [
                $0.ended(principal: "one", role: nil, target: nil, after: nil, limit: 9),
                $0.ended(principal: nil, role: "spare", target: "orders-db", after: all[0].number, limit: 9),
                $0.ended(principal: nil, role: "nobody", target: nil, after: nil, limit: 9),
            ]
        }
        #expect(filtered.map { $0.map(\.id) } == [[Cases.session], [Cases.session], []])
    }

    @Test("Principals come by name, each once, with their last session; a page goes on behind the one before")
    func principals() throws {
        let first = try readers.read { try $0.principals(after: nil, limit: 1) }
        #expect(first.map(\.subject) == ["one"] && first.first?.lastSession == Cases.session)
        let second = try readers.read { try $0.principals(after: first[0].number, limit: 5) }
        #expect(second.map(\.subject) == ["two"] && second.first?.issuer == "gitlab")
        #expect(try readers.read { try $0.principals(after: 999, limit: 5) } == [])
    }

    @Test("A role's last use is the beginning of its last session")
    func lastUse() throws {
        #expect(try readers.read { try $0.lastUse(of: "spare") } == Timestamp(seconds: 1_795_000_000))
        #expect(try readers.read { try $0.lastUse(of: "nobody") } == nil)
    }

    @Test("A question that takes too long is interrupted, and the next one on its connection is not")
    func interrupts() throws {
        let patience = IndexReaders.Patience(soft: .zero, hard: .milliseconds(50))
        let readers = IndexReaders(path: place.indexPath, reader: place.reader, patience: patience)
        for _ in 0..<3 {
            #expect(throws: IndexReadError.tooSlow) {
                try readers.read { view in
                    _ = try Int.fetchOne(
                        view.db,
                        sql: """
                            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                            SELECT count(*) FROM n WHERE i < 0
                            """
                    )
                }
            }
            #expect(try readers.read { try $0.end } == 6)
        }
    }

    @Test("A damaged file is told as such; one that is not there, or of another version, as not serving")
    func faults() throws {
        #expect(try readers.read { try $0.end } == 6)
        try SQLiteFile.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA user_version = 1", on: place.indexPath)
        let fresh = IndexReaders(path: place.indexPath, reader: place.reader)
        #expect(throws: IndexReadError.unavailable("the search index is being made again")) {
            try fresh.read { try $0.end }
        }
        try FileManager.default.removeItem(atPath: place.indexPath)
        #expect(throws: IndexReadError.unavailable("the search index is not there yet")) {
            try readers.read { try $0.end }
        }
        try Data("no database, and never was one".utf8).write(to: URL(filePath: place.indexPath))
        let error = #expect(throws: IndexReadError.self) { try readers.read { try $0.end } }
        guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
}
