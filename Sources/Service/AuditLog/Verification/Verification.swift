package import TransparencyLog

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
        package var blobs = 0
        /// Blobs that were erased, each by a record that says so.
        package var erased = 0
        /// Records below the published checkpoint, its root, and the key that signed it.
        package var signed: UInt64 = 0
        package var root: MerkleHash = .emptyRoot
        package var key: NoteVerifierKey?
        /// Records below the last checkpoint that was signed, as the lock has it; nil where no lock was looked at. More than `signed`
        /// while a gateway publishes, after a crash in between, or where somebody put an old checkpoint in the new one's place.
        package var lastSigned: UInt64?
        /// Earlier checkpoints that the ledger was shown to extend.
        package var earlier = 0
    }

    package typealias Finding = LedgerError.Damage
}
