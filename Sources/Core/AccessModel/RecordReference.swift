/// The place of a record in the ledger.
package struct RecordReference: Hashable, Sendable {
    package var id: ULID
    /// Counts from 0 without gaps.
    package var index: UInt64

    package init(id: ULID, index: UInt64) {
        self.id = id
        self.index = index
    }
}
