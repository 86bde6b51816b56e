package import TransparencyLog

/// Makes bundles from a log's files.
package struct EvidenceCollector {
    private let sources: EvidenceSources
    /// The signed note that the bundle will have.
    private let note: [UInt8]
    package let checkpoint: Checkpoint

    /// Throws `NoteError` where the note is no checkpoint. Its signatures are for whoever verifies.
    package init(checkpoint note: [UInt8], sources: EvidenceSources) throws {
        self.note = note
        self.sources = sources
        checkpoint = try Checkpoint(try SignedNote(note).text)
    }

    /// A bundle of these entries, which are in order, each once, and below the checkpoint's size. `older` is the size of a
    /// checkpoint that the reader holds. The proof is verified before it is given away.
    package func bundle(of indices: [UInt64], older: UInt64? = nil, origin: EvidenceOrigin) throws -> EvidenceBundle {
        guard indices.count <= EvidenceBundle.mostRecords else { throw EvidenceShortage.tooMany(indices.count) }
        var tree = self.tree()
        var reader = RecordReader(tree: tree)
        let records = try indices.map { try reader.record(at: $0) }
        let proof = try tree.subsetProof(of: indices)
        try proof.verify(leaves: records.map(\.leaf), root: checkpoint.root)
        var bundle = EvidenceBundle(
            records: records,
            checkpoint: note,
            proof: proof,
            consistency: try older.map { try tree.consistencyProof(from: $0) },
            origin: origin
        )
        var left = EvidenceBundle.longestText - records.reduce(0) { $0 + $1.bytes.count }
        for digest in Set(records.compactMap(\.policy)) {
            try take(&bundle.policies[digest], try sources.policy(digest), &left)
        }
        for digest in Set(records.flatMap(\.blobs)) { try take(&bundle.blobs[digest], try sources.blob(digest), &left) }
        return bundle
    }

    private func take(_ place: inout [UInt8]?, _ bytes: [UInt8]?, _ left: inout Int) throws {
        guard let bytes else { return }
        left -= bytes.count
        guard left >= 0 else { throw EvidenceShortage.tooLong }
        place = bytes
    }

    func tree() -> TileTree {
        TileTree(size: checkpoint.size, source: sources.tile)
    }
}
