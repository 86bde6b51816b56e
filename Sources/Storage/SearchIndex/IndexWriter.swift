internal import AccessModel
internal import AuditLog
internal import GRDB

/// Writes records into the index, inside one transaction.
struct IndexWriter {
    private let db: Database
    private let reader: LedgerReader

    /// Bytes of a statement kept beside its record whose words can be searched.
    private static let searchedBytes = 1 << 20

    init(_ db: Database, _ reader: LedgerReader) {
        self.db = db
        self.reader = reader
    }

    /// How many records were taken; fewer than `count` only at the end of the ledger, or before a damage: what stands
    /// in front of it is taken, and the next call throws.
    func take(_ count: Int, from cursor: inout LedgerCursor) throws -> Int {
        var taken = 0
        var last: LedgerEntry?
        while taken < count {
            let next: LedgerEntry?
            do throws(LedgerError) {
                next = try cursor.next()
            } catch {
                guard taken > 0 else { throw error }
                break
            }
            guard let entry = next else { break }
            try write(entry)
            last = entry
            taken += 1
        }
        if let last, let position = cursor.position { try IndexPosition.write(position, after: last, db) }
        return taken
    }

    private func write(_ entry: LedgerEntry) throws {
        guard let opening = RecordOpening(entry.line), let members = JSONMembers(entry.line),
            let kind = members.string("kind").flatMap(RecordKind.init(rawValue:))
        else { return }  // a record of a later version: it stays in the ledger and is not searched
        try noteOrder(entry, opening)
        switch kind {
        case .outcome: return try outcome(entry, members)
        case .command: return try command(entry, opening, members)
        case .sessionOpened:
            try insert(entry, opening, kind, session: try session(entry, members, ulid: members.string("session")))
        case .authenticationRefused: try insert(entry, opening, kind, session: try session(entry, members, ulid: nil))
        case .sessionClosed:
            let session = try sessionID(members)
            try execute("UPDATE session SET closed = ? WHERE id = ?", [Int64(entry.index), session])
            try insert(entry, opening, kind, session: session)
        case .gatewayStarted, .gatewayStopped:
            try execute("INSERT OR REPLACE INTO boundary VALUES (?)", [Int64(entry.index)])
            try execute("UPDATE session SET closed = ? WHERE closed IS NULL", [Int64(entry.index)])
            try insert(entry, opening, kind, session: nil)
        case .approvalDecided, .approvalEscalated, .approvalRequested:
            try insert(entry, opening, kind, session: try sessionID(members))
            if let id = members.object("approval")?.string("id") {
                try execute("INSERT OR REPLACE INTO approval VALUES (?, ?)", [id, Int64(entry.index)])
            }
        case .sessionKilled:
            try insert(entry, opening, kind, session: try members.object("act").flatMap { try sessionID($0) })
        case .evidenceTaken, .personLinkMade, .personRefused, .personSignedIn, .personSignedOut, .policyLoaded,
            .keyRotated, .blobErased,
            .heartbeat,
            .witnessConflict, .witnessesLost, .witnessesRestored:
            try insert(entry, opening, kind, session: nil)
        }
    }

    /// A gateway's records do not go back in time, and searches by time rely on it where it is so.
    private func noteOrder(_ entry: LedgerEntry, _ opening: RecordOpening) throws {
        let latest = try Int64.fetchOne(try db.cachedStatement(sql: "SELECT max(time) FROM record"))
        guard let latest, opening.time.microseconds < latest else { return }
        try execute("INSERT OR REPLACE INTO disorder VALUES (?)", [Int64(entry.index)])
    }

    private func insert(_ entry: LedgerEntry, _ opening: RecordOpening, _ kind: RecordKind, session: Int64?) throws {
        try execute(
            "INSERT OR REPLACE INTO record (idx, id, segment, offset, time, kind, session) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                Int64(entry.index), opening.id.description, Int64(entry.segment), entry.offset,
                opening.time.microseconds,
                kind.rawValue, session,
            ]
        )
    }

    private func outcome(_ entry: LedgerEntry, _ members: JSONMembers) throws {
        guard let of = members.number("of_index"), let id = members.string("of") else { return }
        // The first one stands: a second is no gateway's, and verification says so.
        try execute(
            """
            UPDATE record SET outcome_idx = ?, outcome_segment = ?, outcome_offset = ?
            WHERE idx = ? AND id = ? AND kind = 'command' AND outcome_idx IS NULL
            """,
            [Int64(entry.index), Int64(entry.segment), entry.offset, Int64(clamping: of), id]
        )
    }

    private func command(_ entry: LedgerEntry, _ opening: RecordOpening, _ members: JSONMembers) throws {
        let command = members.object("command")
        let decision = members.object("decision")
        try execute(
            """
            INSERT OR REPLACE INTO record (idx, id, segment, offset, time, kind, session, role, decision, statement, shape)
            VALUES (?, ?, ?, ?, ?, 'command', ?, ?, ?, ?, ?)
            """,
            [
                Int64(entry.index), opening.id.description, Int64(entry.segment), entry.offset,
                opening.time.microseconds,
                try sessionID(members), decision?.string("role"), decision?.string("outcome"),
                try command.flatMap { try statement($0) }, try command.flatMap { try shape($0) },
            ]
        )
    }

    // MARK: What many records share

    private func session(_ entry: LedgerEntry, _ members: JSONMembers, ulid: String?) throws -> Int64 {
        let provenance = members.object("provenance")
        let principal = members.object("principal")
        // An id that is given again ends what had it before.
        try execute("UPDATE session SET closed = ? WHERE ulid = ? AND closed IS NULL", [Int64(entry.index), ulid])
        try execute(
            """
            INSERT INTO session (ulid, segment, offset, idx, closed, principal, issuer, pipeline, run, revision, repository,
            triggered_by, target)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                ulid, Int64(entry.segment), entry.offset, Int64(entry.index),
                // What was refused is over with its one record.
                ulid == nil ? Int64(entry.index) : nil,
                principal?.string("subject"), principal?.string("issuer") ?? "",
                provenance?.string("pipeline"), provenance?.string("run"), provenance?.string("commit"),
                provenance?.string("repository"), provenance?.string("triggered_by"),
                members.object("target")?.string("name"),
            ]
        )
        let id = db.lastInsertedRowID
        for range in members["roles"].flatMap({ members.text.elements(of: $0) }) ?? [] {
            guard let role = JSONMembers(members.text, in: range) else { continue }
            try execute("INSERT INTO session_role VALUES (?, ?, ?)", [id, role.string("name"), role.string("owner")])
        }
        return id
    }

    private func sessionID(_ members: JSONMembers) throws -> Int64? {
        guard let ulid = members.string("session") else { return nil }
        let statement = try db.cachedStatement(sql: "SELECT max(id) FROM session WHERE ulid = ?")
        return try Int64.fetchOne(statement, arguments: [ulid])
    }

    private func statement(_ command: JSONMembers) throws -> Int64? {
        // A redacted text is found by its words; each exact text that it stands for has an entry.
        guard let sha = command.string("sha256") ?? command.string("hmac_sha256") else { return nil }
        let known = try db.cachedStatement(sql: "SELECT id FROM statement WHERE sha = ?")
        if let id = try Int64.fetchOne(known, arguments: [sha]) { return id }
        try execute("INSERT INTO statement (sha) VALUES (?)", [sha])
        let id = db.lastInsertedRowID
        if let text = try command.string("text") ?? longText(sha) {
            try execute("INSERT INTO statement_text (rowid, body) VALUES (?, ?)", [id, text])
        }
        return id
    }

    /// The text of a statement that was too long for its record.
    private func longText(_ sha: String) throws -> String? {
        try reader.blob(sha, limit: IndexWriter.searchedBytes).map { String(decoding: $0, as: UTF8.self) }
    }

    private func shape(_ command: JSONMembers) throws -> Int64? {
        guard let range = command["effects"] else { return nil }
        let effects = String(decoding: command.text.bytes[range], as: UTF8.self)
        let known = try db.cachedStatement(sql: "SELECT id FROM shape WHERE effects = ?")
        if let id = try Int64.fetchOne(known, arguments: [effects]) { return id }
        try execute("INSERT INTO shape (effects) VALUES (?)", [effects])
        let id = db.lastInsertedRowID
        for range in command.text.elements(of: range) ?? [] {
            guard let effect = JSONMembers(command.text, in: range) else { continue }
            try execute("INSERT INTO effect VALUES (?, ?, ?)", [id, effect.string("action"), effect.string("object")])
        }
        return id
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
