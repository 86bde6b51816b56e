/// Where a record stands in the ledger.
struct RecordPlace: Hashable, Sendable {
    /// The index of the first record of its segment, and bytes from the start of that file.
    var segment: UInt64
    var offset: Int64
    var index: UInt64
}
