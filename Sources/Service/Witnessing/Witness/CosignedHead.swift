package import AccessModel
package import TransparencyLog

/// The last checkpoint of a log that a witness cosigned.
package struct CosignedHead: Hashable, Sendable {
    package var size: UInt64
    package var root: MerkleHash
    /// The note as the log signed it.
    package var note: [UInt8]
    package var time: Timestamp

    package init(size: UInt64, root: MerkleHash, note: [UInt8], time: Timestamp) {
        self.size = size
        self.root = root
        self.note = note
        self.time = time
    }
}
