package import TransparencyLog

/// Records with everything that somebody needs who holds a public key and nothing else (docs/reference/bundle-format.md).
package struct EvidenceBundle: Sendable {
    /// In the order of the log, each once.
    package var records: [EvidenceRecord]
    /// The signed note with its cosignatures, byte for byte.
    package var checkpoint: [UInt8]
    /// That the records stand in the checkpoint's tree.
    package var proof: SubsetProof
    /// That the checkpoint's tree begins with an older one, which the reader may hold.
    package var consistency: ConsistencyProof?
    /// Texts of policies by the SHA-256 that records name them by, in lower-case hexadecimal.
    package var policies: [String: [UInt8]]
    /// Long texts by the same.
    package var blobs: [String: [UInt8]]
    package var origin: EvidenceOrigin

    package static let mostRecords = 500_000
    /// Bundles of at most so many records have a `.tlog-proof` of each, for the programs of others.
    static let mostSingleProofs = 64
    static let longestText = 256 << 20
    /// Bytes of a file.
    package static let longestFile = StoredZip.longest

    package init(
        records: [EvidenceRecord],
        checkpoint: [UInt8],
        proof: SubsetProof,
        consistency: ConsistencyProof? = nil,
        policies: [String: [UInt8]] = [:],
        blobs: [String: [UInt8]] = [:],
        origin: EvidenceOrigin
    ) {
        self.records = records
        self.checkpoint = checkpoint
        self.proof = proof
        self.consistency = consistency
        self.policies = policies
        self.blobs = blobs
        self.origin = origin
    }

    package var leaves: [SubsetProof.Leaf] { records.map(\.leaf) }

    /// The proof of one record, as other programs read it. The record is one of the bundle's.
    package func tlogProof(of index: UInt64) throws(ProofError) -> TlogProof {
        try tlogProof(of: index, leaves: leaves)
    }

    private func tlogProof(of index: UInt64, leaves: [SubsetProof.Leaf]) throws(ProofError) -> TlogProof {
        TlogProof(
            index: index,
            hashes: try proof.inclusionProof(of: index, leaves: leaves).hashes,
            checkpoint: checkpoint
        )
    }

    // MARK: The file

    /// The file `x.countersign`: a ZIP file with stored members. Throws `ProofError` where the proof is none of these
    /// records.
    package func file() throws(ProofError) -> [UInt8] {
        StoredZip.file(of: try members())
    }

    /// The members in the order of the format. There is one file for each bundle.
    func members() throws(ProofError) -> [StoredZip.Member] {
        var members: [StoredZip.Member] = []
        func add(_ name: String, _ bytes: [UInt8]) { members.append(.init(name: name, bytes: bytes)) }
        add(BundleNames.readme, BundleTexts.readme)
        add(BundleNames.page, EvidencePage(self).html)
        add(BundleNames.origin, origin.json)
        add(BundleNames.checkpoint, checkpoint)
        add(BundleNames.proof, HashList.text("countersign subset-proof v1", proof.hashes))
        if let consistency {
            let heading = "countersign consistency-proof v1 from \(consistency.oldSize)"
            add(BundleNames.consistency, HashList.text(heading, consistency.hashes))
        }
        add(BundleNames.records, records.reduce(into: []) { $0 += $1.bytes + [0x0A] })
        if records.count <= EvidenceBundle.mostSingleProofs {
            let leaves = leaves
            for leaf in leaves {
                let proof = try tlogProof(of: leaf.index, leaves: leaves)
                add("\(BundleNames.proofs)\(leaf.index).tlog-proof", proof.bytes)
            }
        }
        for (digest, text) in policies.sorted(by: { $0.key < $1.key }) {
            add("\(BundleNames.policies)\(digest).yaml", text)
        }
        for (digest, bytes) in blobs.sorted(by: { $0.key < $1.key }) { add("\(BundleNames.blobs)\(digest)", bytes) }
        return members
    }
}
