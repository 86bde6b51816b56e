import AccessModel
import AuditLog
import Foundation
import SearchIndex
import Testing

@Suite("The search index")
struct LedgerIndexTests {
    @Test("A command is told joined with its session and its outcome, every member in the contract's order")
    func joins() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        let command = try place.command(Cases.session, "SELECT \"a\"\n", digest: "d1")
        try place.outcome(command)
        let lines = try place.index().lines()
        #expect(lines.count == 2)
        let expected = """
            {"id":"\(command.id)","index":1,"time":"2026-11-18T11:06:40.000000Z","session":"\(Cases.session)","kind":"command",\
            "principal":{"kind":"workload","issuer":"gitlab","subject":"sub"},"role":"job","owner":"ana@example.com",\
            "provenance":{"pipeline":"p/1","run":"1","job":null,"repository":"finance/x","commit":"c0ffee",\
            "ref":null,"environment":null,"trigger":null,"triggered_by":"ana","run_url":null},\
            "source":{"address":"10.0.0.1","port":1,"client":"psql"},\
            "target":{"name":"orders-db","type":"postgres","database":"orders","user":"u"},\
            "command":{"text":"SELECT \\"a\\"\\n","sha256":"d1","parameters":["42",null],\
            "effects":[{"action":"select","object":"public.orders"}]},\
            "decision":{"outcome":"allow","role":"job","grant":null,"policy":"sha256:0"},\
            "approval":null,"masked":[],"reason":"why \\u00e9",\
            "outcome":{"status":"ok","rows":1,"error":null,"duration_us":7}}
            """
        #expect(lines[1] == expected)
    }

    @Test(
        "A command without an outcome runs, until nothing can come any more: then it is unknown",
        arguments: Cases.fates
    )
    func fate(what: String, fate: @Sendable (IndexedLedger) throws -> Void, outcome: String) throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        try place.open(Cases.other)
        let command = try place.command(Cases.session, "SELECT 1")
        try fate(place)
        let index = try place.index()
        try index.catchUp()
        let line = try #require(try index.record(command.id))
        #expect(String(decoding: line, as: UTF8.self).hasSuffix(outcome), "\(what)")
    }

    @Test("What was denied or held has no outcome of its own", arguments: ["deny", "hold"])
    func denied(decision: String) throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        let command = try place.command(Cases.session, "DROP TABLE x", decision: decision)
        let index = try place.index()
        try index.catchUp()
        let line = try #require(try index.record(command.id))
        #expect(String(decoding: line, as: UTF8.self).contains("\"outcome\":{\"status\":\"denied\""))
    }

    @Test("A filter finds what it says and nothing else", arguments: Cases.filters)
    func filters(name: String, query: @Sendable (inout AuditQuery) -> Void, found: [UInt64]) throws {
        let place = try IndexedLedger()
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
        var asked = AuditQuery()
        query(&asked)
        #expect(try place.index().indices(asked) == found)
    }

    @Test("Pages go on behind the last record of the page before, in both orders")
    func pages() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        for number in 0..<10 { try place.command(Cases.session, "SELECT \(number)") }
        let index = try place.index()
        #expect(try index.indices(limit: 4) == [0, 1, 2, 3])
        #expect(try index.indices(after: 3, limit: 4) == [4, 5, 6, 7])
        #expect(try index.indices(order: .newestFirst, limit: 4) == [10, 9, 8, 7])
        #expect(try index.indices(order: .newestFirst, after: 7, limit: 4) == [6, 5, 4, 3])
        #expect(try index.indices(after: .max) == [])
    }

    @Test("What comes after a catch-up is found by the next, also by another index on the same file")
    func goesOn() throws {
        let place = try IndexedLedger()
        let (one, two) = (try place.index(), try place.index())
        try place.open(Cases.session)
        for round in 1...6 {
            // More than a segment holds, so that the place between two segments is met too.
            for number in 0..<90 { try place.command(Cases.session, "SELECT \(round), \(number)") }
            let reading = round.isMultiple(of: 2) ? one : two
            #expect(try reading.indices().count == 1 + 90 * round)
        }
        #expect(try two.indices() == one.indices())
        #expect(try one.end == 541)
    }

    @Test("An index of another ledger is made anew")
    func replaced() throws {
        let (first, second) = (try IndexedLedger(), try IndexedLedger())
        for (place, count) in [(first, 5), (second, 9)] {
            try place.open(Cases.session)
            for number in 0..<count { try place.command(Cases.session, "SELECT \(number)") }
        }
        #expect(try first.index().indices().count == 6)
        let moved = try LedgerIndex(path: first.indexPath, reader: second.reader) { Issue.record("\($0)") }
        #expect(try moved.indices() == Array(0..<10))
    }

    @Test("Two sessions of one id are both told, and a command belongs to the one before it")
    func oneIdentifierTwice() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session, subject: "one")
        let first = try place.command(Cases.session, "SELECT 1")
        try place.open(Cases.session, subject: "two")
        let second = try place.command(Cases.session, "SELECT 2")
        try place.note(.sessionClosed, Cases.session, "\"close\":{\"reason\":\"r\"}")
        let index = try place.index()
        #expect(try index.indices() == [0, 1, 2, 3, 4])
        for (subject, found) in [("one", [0, first.index]), ("two", [2, second.index, 4])] {
            var query = AuditQuery()
            query.principal = subject
            #expect(try index.indices(query) == found)
        }
        var query = AuditQuery()
        query.session = Cases.session
        #expect(try index.indices(query) == [0, 1, 2, 3, 4])
        // The id was given again: nothing can come any more of whoever had it before.
        for command in [first, second] {
            let line = try #require(try index.record(command.id))
            #expect(String(decoding: line, as: UTF8.self).contains("\"outcome\":{\"status\":\"unknown\""))
        }
    }

    @Test("The first outcome of a command stands")
    func keepsTheFirstOutcome() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        let command = try place.command(Cases.session, "SELECT 1")
        try place.outcome(command, rows: 1)
        let index = try place.index()
        try index.catchUp()
        try place.outcome(command, rows: 2)
        try index.catchUp()
        let line = try #require(try index.record(command.id))
        #expect(String(decoding: line, as: UTF8.self).contains("\"rows\":1"))
    }

    @Test("An outcome that names the place of a command and the id of another is nobody's")
    func refusesAStrangersOutcome() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        let command = try place.command(Cases.session, "SELECT 1")
        let other = ULID(high: command.id.high &+ 1, low: command.id.low)
        try place.outcome(RecordReference(id: other, index: command.index))
        let index = try place.index()
        try index.catchUp()
        let line = try #require(try index.record(command.id))
        #expect(String(decoding: line, as: UTF8.self).hasSuffix("\"outcome\":null}"))
    }

    @Test("The same text is indexed once, however often it runs")
    func textsOnce() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        for _ in 0..<50 { try place.command(Cases.session, "SELECT same") }
        var query = AuditQuery()
        query.text = "same"
        let index = try place.index()
        #expect(try index.indices(query).count == 50)
    }

    @Test("The words of a statement that was too long for its record are found")
    func longText() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        let text = String(repeating: "SELECT 1; ", count: 10_000) + "SELECT needle"
        let digest = try place.ledger.storeBlob(Array(text.utf8))
        let body = """
            "command":{"text":null,"bytes":\(text.utf8.count),"sha256":"\(digest)","parameters":[],"effects":[]},\
            "decision":{"outcome":"allow","role":"job"}
            """
        try place.note(.command, Cases.session, body)
        var query = AuditQuery()
        query.text = "needle"
        #expect(try place.index().indices(query) == [1])
    }

    @Test("What stands before a damage is found; the damage itself is told")
    func damage() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        for number in 0..<20 { try place.command(Cases.session, "SELECT \(number)") }
        place.ledger.close()
        // A segment that is not the last, with a byte changed near its end.
        let segments = place.root + "/ledger/segments/"
        let path = segments + "00000000000000000000.segment"
        let file = try #require(fopen(path, "r+"))
        var cursor = place.reader.cursor()
        var last: LedgerEntry?
        while let entry = try cursor.next() { last = entry }
        fseek(file, Int(try #require(last).offset) + 60, SEEK_SET)
        fputc(0x7E, file)
        fclose(file)
        _ = FileManager.default.createFile(atPath: segments + "00000000000000000021.segment", contents: nil)
        let index = try place.index()
        #expect(throws: LedgerError.self) { try index.catchUp() }
        #expect(try index.end == 20)
        var found = 0
        try index.search(AuditQuery(), order: .oldestFirst) { _ in found += 1 }
        #expect(found == 20)
    }

    @Test("A record is shown by its own id only")
    func byIdentifier() throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        let command = try place.command(Cases.session, "SELECT 1")
        let index = try place.index()
        try index.catchUp()
        #expect(try index.record(command.id) != nil)
        #expect(try index.record(ULID(high: command.id.high &+ 1, low: command.id.low)) == nil)
        #expect(try index.record(ULID(high: 0, low: 999)) == nil)
    }
}
