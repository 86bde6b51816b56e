package import AccessModel
package import TransparencyLog

/// Two checkpoints that one log signed and that do not go together.
package struct ForkEvidence: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// One size, two roots, both signed by the log: a proof by itself, whoever holds it.
        case fork
        /// The later one came without a proof that it extends the earlier. It is none yet: anybody can send a signed
        /// checkpoint with a wrong proof. A log that is honest can show the right one.
        case unproven
    }

    package var kind: Kind
    package var origin: String
    package var time: Timestamp
    /// Entries of the checkpoint that was refused.
    package var size: UInt64
    /// Its root.
    package var root: MerkleHash
    /// The note that was cosigned.
    package var cosigned: [UInt8]
    /// The note that was refused.
    package var refused: [UInt8]

    package init(
        kind: Kind,
        origin: String,
        time: Timestamp,
        size: UInt64,
        root: MerkleHash,
        cosigned: [UInt8],
        refused: [UInt8]
    ) {
        self.kind = kind
        self.origin = origin
        self.time = time
        self.size = size
        self.root = root
        self.cosigned = cosigned
        self.refused = refused
    }
}
