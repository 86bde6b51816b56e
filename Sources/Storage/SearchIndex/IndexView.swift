package import AccessModel
internal import AuditLog
internal import GRDB

/// The index as it is at one moment, for one question.
package struct IndexView {
    let db: Database
    let reader: LedgerReader
    /// When to answer with what there is.
    let deadline: ContinuousClock.Instant

    /// Bytes of a page of records.
    private static let pageBytes = 4 << 20

    /// The index of the first record that is not in here.
    package var end: UInt64 {
        get throws { try IndexPosition.read(db)?.index ?? 0 }
    }

    // MARK: Records

    /// The record of this id, joined, and its index; nil where there is none.
    package func record(_ id: ULID) throws -> (line: [UInt8], index: UInt64)? {
        let index = Int64(id.low & 0xFFFF_FFFF_FFFF)
        let statement = try db.cachedStatement(sql: "SELECT * FROM record WHERE idx = ?")
        guard let row = try Row.fetchOne(statement, arguments: [index]), row["id"] == id.description else { return nil }
        return (try RecordJoin(db, reader).line(of: row), UInt64(index))
    }

    /// A page of what matches, joined. It is shorter than `limit` where its records are long.
    package func search(
        _ query: AuditQuery,
        order: AuditOrder,
        after: UInt64?,
        limit: Int
    ) throws -> RecordPage {
        let finder = RecordFinder(db: db, deadline: deadline)
        let found = try finder.find(query, order: order, after: after, limit: limit + 1, columns: "r.idx, r.*") {
            $0.copy()
        }
        var page = RecordPage()
        let join = RecordJoin(db, reader)
        var bytes = 0
        for (index, row) in found.items {
            guard page.lines.count < limit, bytes < IndexView.pageBytes else { return page }
            let line = try join.line(of: row)
            bytes += line.count
            page.lines.append(line)
            page.next = UInt64(index)
        }
        page.next = nil
        if let reached = found.reached.flatMap({ UInt64(exactly: $0) }) {
            page.next = reached
            page.reached = try time(of: Int64(reached)).map { RecordPage.Place(index: reached, time: $0) }
        }
        return page
    }

    func time(of index: Int64) throws -> Timestamp? {
        let statement = try db.cachedStatement(sql: "SELECT time FROM record WHERE idx = ?")
        return try Int64.fetchOne(statement, arguments: [index]).map { Timestamp(microseconds: $0) }
    }

    // MARK: What belongs together

    /// As `LedgerIndex.companions`.
    package func companions(of indices: some Sequence<UInt64>) throws -> Set<UInt64> {
        try Companions.of(indices, in: db)
    }

    /// As `LedgerIndex.policyLoads`.
    package func policyLoads() throws -> [UInt64] {
        try Companions.policyLoads(in: db)
    }
}
