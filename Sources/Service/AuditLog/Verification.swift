/// What a verification of a ledger found.
package enum Verification: Hashable, Sendable {
    case intact(Summary)
    /// In the order of the ledger; at most `LedgerVerifier.findings`.
    case broken([Finding])

    package struct Summary: Hashable, Sendable {
        package var records: UInt64 = 0
        package var segments = 0
        /// Bytes of all segments' files.
        package var bytes: Int64 = 0
        /// The link of the last record, which is bound to every record before it.
        package var link: Link?
        package var blobs = 0
    }

    package typealias Finding = LedgerError.Damage
}
