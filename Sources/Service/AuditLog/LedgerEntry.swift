/// A record as it stands in the ledger.
package struct LedgerEntry: Hashable, Sendable {
    package var index: UInt64
    /// The record's JSON, without a newline.
    package var line: [UInt8]
    /// The index of the first record of its segment, and where its frame begins in the segment's file.
    package var segment: UInt64
    package var offset: Int64
    /// What binds this record to all before it.
    package var link: Link
}
