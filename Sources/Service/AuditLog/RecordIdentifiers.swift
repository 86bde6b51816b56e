package import AccessModel

/// Makes the identifiers of records: milliseconds, 32 bits that are random for this process, 48 bits of the index.
///
/// So an identifier tells where its record stands, sorts as the ledger does, and cannot be made twice.
package struct RecordIdentifiers: Sendable {
    private let random = UInt32.random(in: 0 ... .max)

    package func identifier(index: UInt64, at moment: Timestamp) -> ULID {
        ULID(
            at: moment,
            tailHigh: UInt16(truncatingIfNeeded: random >> 16),
            tailLow: UInt64(random & 0xFFFF) << 48 | index & RecordIdentifiers.indexMask
        )
    }

    /// The index that an identifier of a ledger's record tells.
    package static func index(of id: ULID) -> UInt64 { id.low & indexMask }

    private static let indexMask: UInt64 = (1 << 48) - 1
}
