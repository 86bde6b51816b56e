package import TransparencyLog

/// A record as it stands in the ledger.
package struct LedgerEntry: Hashable, Sendable {
    package var index: UInt64
    /// The record's JSON, without a newline.
    package var line: [UInt8]
    /// The index of the first record of its segment, and where its frame begins in the segment's file. Of a record whose
    /// segment is gone, and which is read from its bundle: its own index, and -1.
    package var segment: UInt64
    package var offset: Int64
    /// Its hash in the tree: SHA-256(0x00 || line).
    package var leaf: MerkleHash
}
