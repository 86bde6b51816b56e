import AccessModel
import GRDB
import Testing

@testable import SearchIndex

@Suite("A search by time")
struct TimeFilterTests {
    typealias Span = (what: String, query: @Sendable (inout AuditQuery) -> Void)

    static let spans: [Span] = [
        ("since", { $0.since = Timestamp(seconds: 1_795_000_010) }),
        ("until", { $0.until = Timestamp(seconds: 1_795_000_010) }),
    ]

    @Test("Begins or ends at a place that the index on times gives, and looks at no record outside", arguments: spans)
    func usesTheIndex(what: String, query: @Sendable (inout AuditQuery) -> Void) throws {
        let place = try IndexedLedger()
        try place.open(Cases.session)
        _ = try place.index().indices()
        var asked = AuditQuery()
        query(&asked)
        for order in [AuditOrder.oldestFirst, .newestFirst] {
            let plan = try DatabaseQueue(path: place.indexPath).read { db in
                let request = try SearchRequest(asked, order: order, after: nil, limit: 50, in: db)
                return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + request.sql, arguments: request.arguments)
                    .map { $0["detail"] as String }
            }
            #expect(plan.contains { $0.hasPrefix("SEARCH r USING INTEGER PRIMARY KEY (rowid") }, "\(plan)")
            #expect(plan.contains { $0.contains("USING COVERING INDEX record_time (time") }, "\(plan)")
            #expect(!plan.contains { $0.hasPrefix("SCAN r") || $0.contains("TEMP B-TREE") }, "\(plan)")
        }
    }

    @Test("Finds every record of its time also where somebody gave a record another time", arguments: [1, 3])
    func findsOutOfOrder(moved: Int) throws {
        let place = try IndexedLedger()
        for number in 0..<5 {
            try place.note(.policyLoaded, nil, "\"number\":\(number)")
            place.advance(seconds: 60)
        }
        // Minutes 06 to 10, and one record that says it is of the middle one, half a minute later.
        let moments = ["11:06:40", "11:07:40", "11:08:40", "11:09:40", "11:10:40"]
        try place.forge { $0 == moved ? $1.replacing(moments[$0], with: "11:09:10") : $1 }
        let index = try place.index()
        let middle = Timestamp(seconds: 1_795_000_000 + 120)
        var since = AuditQuery()
        since.since = middle
        #expect(try index.indices(since) == (moved == 1 ? [1, 2, 3, 4] : [2, 3, 4]))
        var until = AuditQuery()
        until.until = middle
        #expect(try index.indices(until) == (moved == 1 ? [0] : [0, 1]))
    }
}
