package import AccessModel
internal import AuditLog
internal import GRDB

extension IndexView {
    /// Sessions that are over, those that began last first; `after` goes on behind the one of that number.
    package func ended(
        principal: String?,
        role: String?,
        target: String?,
        after: UInt64?,
        limit: Int
    ) throws -> [IndexedSession] {
        var query = AuditQuery()
        (query.principal, query.role, query.target) = (principal, role, target)
        let isOver = "s.ulid IS NOT NULL AND s.closed IS NOT NULL"
        let below = after.map { Int64(clamping: $0) } ?? .max
        guard var source = SessionSource(query) else {
            let sql = "SELECT s.* FROM session s WHERE \(isOver) AND s.id < ? ORDER BY s.id DESC LIMIT ?"
            return try sessions(sql, [below, limit])
        }
        source.conditions.append("\(isOver) AND \(source.id) < ?")
        source.arguments += [below]
        return try sessions(source.text("s.*", "ORDER BY \(source.id) DESC LIMIT \(limit)"), source.arguments)
    }

    /// The last session of this id.
    package func session(_ id: ULID) throws -> IndexedSession? {
        let sql = "SELECT s.* FROM session s WHERE s.ulid = ? ORDER BY s.id DESC LIMIT 1"
        return try sessions(sql, [id.description]).first
    }

    private func sessions(_ sql: String, _ arguments: StatementArguments) throws -> [IndexedSession] {
        try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap { row in
            guard let id = (row["ulid"] as String?).flatMap({ ULID($0) }), let opened = try line(of: row) else {
                return nil
            }
            return IndexedSession(number: UInt64(row["id"] as Int64), id: id, opened: opened, end: try end(of: row))
        }
    }

    private func end(of row: Row) throws -> IndexedSession.End {
        guard let closed = row["closed"] as Int64? else { return .none }
        let sql = "SELECT idx, segment, offset FROM record WHERE idx = ? AND kind = 'session.closed' AND session = ?"
        let closing = try Row.fetchOne(
            db.cachedStatement(sql: sql),
            arguments: [closed, row["id"] as Int64]
        )
        guard let closing, let line = try line(of: closing) else { return .lost }
        return .closed(line)
    }

    /// The record that a row names.
    private func line(of row: Row) throws -> [UInt8]? {
        try reader.entry(
            index: UInt64(row["idx"] as Int64),
            segment: UInt64(row["segment"] as Int64),
            offset: row["offset"]
        )?.line
    }

    // MARK: Who

    /// Principals by name and issuer; `after` goes on behind the principal of the session of that number.
    package func principals(after: UInt64?, limit: Int) throws -> [IndexedPrincipal] {
        var last = ("", "")
        if let after {
            let sql = "SELECT principal, issuer FROM session WHERE id = ?"
            guard let row = try Row.fetchOne(db, sql: sql, arguments: [Int64(clamping: after)]) else { return [] }
            last = (row[0] as String? ?? "", row[1] as String? ?? "")
        }
        let next = try db.cachedStatement(
            sql: """
                SELECT principal, issuer FROM session WHERE principal >= ? AND (principal, issuer) > (?, ?)
                ORDER BY principal, issuer LIMIT 1
                """
        )
        var found: [IndexedPrincipal] = []
        while found.count < limit, let row = try Row.fetchOne(next, arguments: [last.0, last.0, last.1]) {
            last = (row[0], row[1])
            if let principal = try principal(last.0, of: last.1) { found.append(principal) }
        }
        return found
    }

    private func principal(_ subject: String, of issuer: String) throws -> IndexedPrincipal? {
        let which = "FROM session WHERE principal = ? AND issuer = ?"
        let named = try db.cachedStatement(sql: "SELECT * \(which) AND ulid IS NOT NULL ORDER BY id DESC LIMIT 1")
        let any = try db.cachedStatement(sql: "SELECT * \(which) ORDER BY id DESC LIMIT 1")
        let row =
            try Row.fetchOne(named, arguments: [subject, issuer]) ?? Row.fetchOne(any, arguments: [subject, issuer])
        guard let row, let line = try line(of: row) else { return nil }
        return IndexedPrincipal(
            issuer: issuer,
            subject: subject,
            lastSession: (row["ulid"] as String?).flatMap { ULID($0) },
            last: line,
            number: UInt64(row["id"] as Int64)
        )
    }

    /// When a session last began with this role.
    package func lastUse(of role: String) throws -> Timestamp? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT s.idx FROM session_role y CROSS JOIN session s ON s.id = y.session
                WHERE y.role = ? AND s.ulid IS NOT NULL ORDER BY y.session DESC LIMIT 1
                """
        )
        return try Int64.fetchOne(statement, arguments: [role]).flatMap { try time(of: $0) }
    }
}
