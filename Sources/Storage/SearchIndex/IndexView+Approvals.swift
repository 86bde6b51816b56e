package import AccessModel
internal import GRDB

extension IndexView {
    /// Records of one approval that are told; there are as many as there were answers.
    private static let mostOfOne = 200

    /// The records of one approval, its request first; empty where there are none.
    package func approval(_ id: ULID) throws -> [[UInt8]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT record.* FROM approval JOIN record ON record.idx = approval.idx
                WHERE approval.id = ? ORDER BY approval.idx LIMIT ?
                """
        )
        let join = RecordJoin(db, reader)
        return try Row.fetchAll(statement, arguments: [id.description, IndexView.mostOfOne]).map {
            try join.line(of: $0)
        }
    }

    /// The approvals that were asked for last before a record, the newest first.
    package func approvals(before index: UInt64, limit: Int) throws -> [ULID] {
        let statement = try db.cachedStatement(
            sql: "SELECT id FROM approval GROUP BY id HAVING MIN(idx) < ? ORDER BY id DESC LIMIT ?"
        )
        return try String.fetchAll(statement, arguments: [Int64(clamping: index), limit]).compactMap { ULID($0) }
    }
}
