internal import AccessModel
internal import GRDB

/// Which records belong with others, for whoever takes some of them out of the ledger.
enum Companions {
    static func of(_ indices: some Sequence<UInt64>, in db: Database) throws -> Set<UInt64> {
        var found: Set<UInt64> = []
        var sessions: Set<Int64> = []
        for index in indices {
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT session, outcome_idx FROM record WHERE idx = ?"),
                arguments: [Int64(index)]
            )
            if let outcome = row?["outcome_idx"] as Int64? { found.insert(UInt64(outcome)) }
            guard let session = row?["session"] as Int64?, sessions.insert(session).inserted else { continue }
            found.formUnion(try frame(of: session, in: db))
        }
        return found
    }

    /// A session's beginning, and the records of its approvals.
    private static func frame(of session: Int64, in db: Database) throws -> [UInt64] {
        let kinds = [RecordKind.sessionOpened, .approvalRequested, .approvalEscalated, .approvalDecided].map {
            "'\($0.rawValue)'"
        }
        let indices = try Int64.fetchAll(
            db,
            sql: "SELECT idx FROM record WHERE session = ? AND kind IN (\(kinds.joined(separator: ", ")))",
            arguments: [session]
        )
        return indices.map { UInt64($0) }
    }

    static func policyLoads(in db: Database) throws -> [UInt64] {
        let sql = "SELECT idx FROM record WHERE kind = 'policy.loaded' AND kind <> 'command' ORDER BY idx"
        return try Int64.fetchAll(db, sql: sql).map { UInt64($0) }
    }
}
