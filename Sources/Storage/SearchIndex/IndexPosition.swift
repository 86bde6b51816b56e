internal import AuditLog
internal import Foundation
internal import GRDB
internal import TransparencyLog

/// How far the ledger is indexed.
enum IndexPosition {
    static func read(_ db: Database) throws -> LedgerPosition? {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM position"),
            let leaf = MerkleHash(Array(row["leaf"] as Data))
        else {
            return nil
        }
        return LedgerPosition(
            segment: UInt64(row["segment"] as Int64),
            offset: row["offset"],
            index: UInt64(row["idx"] as Int64),
            leaf: leaf
        )
    }

    /// Where the last indexed record stands.
    static func last(_ db: Database) throws -> (segment: UInt64, offset: Int64)? {
        guard let row = try Row.fetchOne(db, sql: "SELECT last_segment, last_offset FROM position") else { return nil }
        return (UInt64(row[0] as Int64), row[1])
    }

    static func write(_ position: LedgerPosition, after entry: LedgerEntry, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO position VALUES (1, ?, ?, ?, ?, ?, ?)",
            arguments: [
                Int64(position.segment), position.offset, Int64(position.index), Data(position.leaf.bytes),
                Int64(entry.segment), entry.offset,
            ]
        )
    }
}
