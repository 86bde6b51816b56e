internal import AccessModel
internal import AuditLog
internal import GRDB

/// Makes the line that a search prints: the record as the ledger has it, with what its session and its outcome say.
final class RecordJoin {
    private let db: Database
    private let reader: LedgerReader
    private var sessions: [Int64: (members: JSONMembers, closed: Int64?)] = [:]
    /// Behind which nothing comes of a command in front of it: a gateway stopped, or another began.
    private lazy var lastBoundary: Int64? = try? Int64.fetchOne(db, sql: "SELECT max(idx) FROM boundary")

    init(_ db: Database, _ reader: LedgerReader) {
        self.db = db
        self.reader = reader
    }

    func line(of row: Row) throws -> [UInt8] {
        try line(of: row, record: record(of: row))
    }

    /// The record of a row as the ledger has it.
    func record(of row: Row) throws -> [UInt8] {
        try bytes(row["idx"], row["segment"], row["offset"])
    }

    func line(of row: Row, record line: [UInt8]) throws -> [UInt8] {
        let kind = RecordKind(rawValue: row["kind"])
        guard let members = JSONMembers(line), let id = row["session"] as Int64?, let session = try session(id) else {
            return line
        }
        switch kind {
        case .command: return try command(members, row, session.members, closed: session.closed)
        case .sessionClosed: return JoinedRecord.closed(members, session: session.members)
        case .approvalDecided, .approvalEscalated, .approvalRequested, .personLinkMade, .personRefused, .personSignedIn,
            .personSignedOut, .sessionOpened,
            .authenticationRefused, .policyLoaded, .gatewayStarted, .gatewayStopped, .outcome, .heartbeat, .keyRotated,
            .blobErased, .sessionKilled, .evidenceTaken, .witnessConflict, .witnessesLost, .witnessesRestored, nil:
            return line
        }
    }

    private func command(_ record: JSONMembers, _ row: Row, _ session: JSONMembers, closed: Int64?) throws -> [UInt8] {
        JoinedRecord.command(record, session: session, outcome: try outcome(record, row, closed: closed))
    }

    /// The outcome's own bytes; `denied` for what was refused; `unknown` where there can be none any more; else null.
    private func outcome(_ record: JSONMembers, _ row: Row, closed: Int64?) throws -> [UInt8] {
        if let index = row["outcome_idx"] as Int64? {
            let line = try bytes(index, row["outcome_segment"], row["outcome_offset"])
            if let outcome = JSONMembers(line)?.raw("outcome") { return Array(outcome) }
        }
        let isRefused = record.object("decision")?.string("outcome") != "allow"
        let index: Int64 = row["idx"]
        let isOver = (closed ?? -1) > index || (lastBoundary ?? -1) > index
        guard isRefused || isOver else { return Array("null".utf8) }
        return JoinedRecord.outcome(isRefused ? .denied : .unknown)
    }

    private func session(_ id: Int64) throws -> (members: JSONMembers, closed: Int64?)? {
        if let known = sessions[id] { return known }
        let row = try Row.fetchOne(
            db,
            sql: "SELECT idx, segment, offset, closed FROM session WHERE id = ?",
            arguments: [id]
        )
        guard let row, let members = JSONMembers(try bytes(row["idx"], row["segment"], row["offset"])) else {
            return nil
        }
        if sessions.count >= 256 { sessions.removeAll() }
        sessions[id] = (members, row["closed"])
        return (members, row["closed"])
    }

    private func bytes(_ index: Int64, _ segment: Int64, _ offset: Int64) throws -> [UInt8] {
        guard let entry = try reader.entry(index: UInt64(index), segment: UInt64(segment), offset: offset) else {
            throw LedgerIndexError(
                "record \(index) is not where the index says that it was: see `countersign ledger verify`; where that finds "
                    + "nothing, delete the index, it is made again"
            )
        }
        return entry.line
    }
}
