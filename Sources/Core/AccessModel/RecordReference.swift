/// The place of a record in the ledger.
public struct RecordReference: Hashable, Sendable {
    /// Its name.
    public var id: ULID
    /// Counts from 0 without gaps.
    public var index: UInt64

    /// As it is.
    @inlinable
    public init(id: ULID, index: UInt64) {
        self.id = id
        self.index = index
    }
}
