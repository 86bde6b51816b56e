package import TransparencyLog

/// A place between two records: where the next one begins, and the hash of the record before it, which no other ledger
/// has there.
package struct LedgerPosition: Hashable, Sendable {
    /// The index of the first record of the segment; the record's own where it is in no segment any more.
    package var segment: UInt64
    /// Bytes from the start of the segment's file; -1 where the record is in no segment any more.
    package var offset: Int64
    /// The index of the record that begins here.
    package var index: UInt64
    /// Of the record before; the empty tree's root in front of the first.
    package var leaf: MerkleHash

    package init(segment: UInt64, offset: Int64, index: UInt64, leaf: MerkleHash) {
        self.segment = segment
        self.offset = offset
        self.index = index
        self.leaf = leaf
    }
}
