internal import AccessModel
internal import Foundation
internal import GRDB
internal import Glibc
internal import TransparencyLog
package import Witnessing

/// A witness's memory: one SQLite file.
///
/// Every transaction is synced before it returns (WAL with `synchronous = FULL`), and takes the write lock before it
/// reads: so comparing and storing is one step, also between processes.
package struct WitnessFile: WitnessStore {
    private let queue: DatabaseQueue

    /// Checkpoints of a log that are remembered besides the last one: against them a second history shows.
    static let remembered = 10_000
    static let forks = 1000
    static let unproven = 100

    package enum Opening: Hashable, Sendable {
        /// There must be none yet.
        case new
        /// There must be one: a witness that forgot what it signed may sign a second history.
        case existing
    }

    /// Throws where the file is not, or is, there; `DatabaseError` where it cannot be used. A damaged file is never
    /// replaced.
    package init(path: String, _ opening: Opening) throws {
        let exists = access(path, F_OK) == 0
        switch opening {
        case .new: guard !exists else { throw WitnessFileError.exists }
        case .existing: guard exists else { throw WitnessFileError.missing }
        }
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inTransaction(.immediate) { db in
            if opening == .new { try WitnessSchema.create(db) }
            guard try WitnessSchema.isCurrent(db) else { throw WitnessFileError.foreign }
            return .commit
        }
        try WitnessFile.sync(folderOf: path)
    }

    /// The names of the database and of its log survive the machine from here on.
    private static func sync(folderOf path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw WitnessFileError.unsynced }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw WitnessFileError.unsynced }
    }

    // MARK: Heads

    package func head(of origin: String) async throws -> CosignedHead? {
        try await queue.read { db in try WitnessFile.head(db, origin) }
    }

    package func cosigned(_ origin: String, size: UInt64) async throws -> CosignedHead? {
        try await queue.read { db in
            try WitnessFile.head(
                db,
                sql: "SELECT size, root, note, time FROM cosigned WHERE origin = ? AND size = ?",
                [origin, Int64(clamping: size)]
            )
        }
    }

    package func advance(_ origin: String, from old: CosignedHead?, to new: CosignedHead) async throws -> Bool {
        try await transaction { db in
            guard try WitnessFile.head(db, origin) == old, new.size >= old?.size ?? 0 else { return false }
            let row: StatementArguments = [
                origin, Int64(clamping: new.size), Data(new.root.bytes), Data(new.note), new.time.microseconds,
            ]
            try db.execute(sql: "INSERT OR REPLACE INTO cosigned VALUES (?, ?, ?, ?, ?)", arguments: row)
            try db.execute(sql: "INSERT OR REPLACE INTO head VALUES (?, ?, ?, ?, ?)", arguments: row)
            try db.execute(
                sql: """
                    DELETE FROM cosigned WHERE origin = ?1 AND size <=
                        (SELECT size FROM cosigned WHERE origin = ?1 ORDER BY size DESC LIMIT 1 OFFSET ?2)
                    """,
                arguments: [origin, WitnessFile.remembered]
            )
            return true
        }
    }

    private static func head(_ db: Database, _ origin: String) throws -> CosignedHead? {
        try head(db, sql: "SELECT size, root, note, time FROM head WHERE origin = ?", [origin])
    }

    private static func head(_ db: Database, sql: String, _ arguments: StatementArguments) throws -> CosignedHead? {
        guard let row = try Row.fetchOne(db, sql: sql, arguments: arguments) else { return nil }
        // What cannot be read is never "nothing": that would be a witness that signs anything.
        guard let size = row["size"] as Int64?, size >= 0, let root = MerkleHash([UInt8](row["root"] as Data)) else {
            throw WitnessFileError.damaged
        }
        return CosignedHead(
            size: UInt64(size),
            root: root,
            note: [UInt8](row["note"] as Data),
            time: Timestamp(microseconds: row["time"])
        )
    }

    // MARK: Evidence

    package func keep(_ evidence: ForkEvidence) async throws -> Bool {
        try await transaction { db in
            let count = try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM evidence WHERE kind = ? AND origin = ?",
                arguments: [evidence.kind.rawValue, evidence.origin]
            )
            guard evidence.kind != .fork || count ?? 0 < WitnessFile.forks else { return false }
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO evidence (kind, origin, time, size, root, cosigned, refused)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    evidence.kind.rawValue, evidence.origin, evidence.time.microseconds,
                    Int64(clamping: evidence.size), Data(evidence.root.bytes), Data(evidence.cosigned),
                    Data(evidence.refused),
                ]
            )
            let isNew = db.changesCount > 0
            guard evidence.kind == .unproven else { return isNew }
            try db.execute(
                sql: """
                    DELETE FROM evidence WHERE kind = 'unproven' AND origin = ?1 AND id <= (SELECT id FROM evidence
                        WHERE kind = 'unproven' AND origin = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
                    """,
                arguments: [evidence.origin, WitnessFile.unproven]
            )
            return isNew
        }
    }

    package func settle(_ origin: String, with head: CosignedHead) async throws -> Int {
        let key: StatementArguments = [origin, Int64(clamping: head.size)]
        let isOpen = try await queue.read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM evidence WHERE kind = 'unproven' AND origin = ? AND size = ?)",
                arguments: key
            )
        }
        guard isOpen == true else { return 0 }
        return try await transaction { db in
            let root = Data(head.root.bytes)
            try db.execute(
                sql: "DELETE FROM evidence WHERE kind = 'unproven' AND origin = ? AND size = ? AND root = ?",
                arguments: key + [root]
            )
            // Where the same fork is kept already, that row stands and this one goes.
            try db.execute(
                sql:
                    "UPDATE OR REPLACE evidence SET kind = 'fork', cosigned = ? WHERE kind = 'unproven' AND origin = ? AND size = ?",
                arguments: [Data(head.note)] + key
            )
            return db.changesCount
        }
    }

    package func evidence() async throws -> [ForkEvidence] {
        try await queue.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM evidence ORDER BY id").map { row in
                guard let kind = ForkEvidence.Kind(rawValue: row["kind"]), let size = row["size"] as Int64?,
                    let root = MerkleHash([UInt8](row["root"] as Data))
                else { throw WitnessFileError.damaged }
                return ForkEvidence(
                    kind: kind,
                    origin: row["origin"],
                    time: Timestamp(microseconds: row["time"]),
                    size: UInt64(clamping: size),
                    root: root,
                    cosigned: [UInt8](row["cosigned"] as Data),
                    refused: [UInt8](row["refused"] as Data)
                )
            }
        }
    }

    private func transaction<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws
        -> Value
    {
        try await queue.writeWithoutTransaction { db in
            var value: Value?
            try db.inTransaction(.immediate) {
                value = try body(db)
                return .commit
            }
            guard let value else { throw WitnessFileError.damaged }
            return value
        }
    }
}

extension WitnessFile {
    /// How durable a transaction is: the journal's mode, and 2 for a sync at each commit.
    func pragmas() async throws -> [String] {
        try await queue.read { db in
            try ["journal_mode", "synchronous"].compactMap { try String.fetchOne(db, sql: "PRAGMA \($0)") }
        }
    }
}
