internal import AccessModel
package import TransparencyLog

/// Verifies bundles with nothing but keys, offline.
package struct EvidenceVerifier: Sendable {
    /// Which logs are trusted, and which witnesses must have cosigned.
    package var policy: WitnessPolicy
    /// A checkpoint that the reader has kept from before.
    package var older: [UInt8]?

    package init(policy: WitnessPolicy, older: [UInt8]? = nil) {
        self.policy = policy
        self.older = older
    }

    /// Throws where anything in the file is not as it should be. A bundle is believed whole or not at all.
    package func verify(_ file: [UInt8]) throws(BundleError) -> EvidenceReport {
        let bundle = try EvidenceBundle(file: file)
        let signed: SignedCheckpoint
        do throws(VerificationError) {
            signed = try policy.open(bundle.checkpoint)
        } catch {
            throw .log(error)
        }
        do throws(ProofError) {
            try bundle.proof.verify(leaves: bundle.leaves, root: signed.checkpoint.root)
        } catch {
            throw .log(.proof(error))
        }
        return EvidenceReport(
            bundle: bundle,
            checkpoint: signed,
            knownWitnesses: policy.witnesses.count,
            older: try proveOlder(bundle, signed.checkpoint),
            actions: EvidenceAction.all(in: bundle.records, blobs: bundle.blobs),
            sessions: SessionExtent.all(in: bundle.records),
            remarks: remarks(on: bundle)
        )
    }

    /// That the bundle's tree begins with the older checkpoint's.
    private func proveOlder(_ bundle: EvidenceBundle, _ checkpoint: Checkpoint) throws(BundleError) -> Checkpoint? {
        guard let older else { return nil }
        let old: Checkpoint
        do throws(NoteError) {
            old = try SignedCheckpoint(older, logs: policy.logs.map(\.key)).checkpoint
        } catch {
            throw .older("the older checkpoint: \(error)")
        }
        guard old.origin.hasBytes(of: checkpoint.origin) else {
            throw .older("the older checkpoint is of another log: \(old.origin.onOneLine)")
        }
        guard old.size <= checkpoint.size else {
            throw .older(
                "the checkpoint that was given has \(old.size) entries, more than the bundle's: it is no older one"
            )
        }
        let proof: ConsistencyProof
        if old.size == checkpoint.size || old.size == 0 {
            proof = ConsistencyProof(oldSize: old.size, newSize: checkpoint.size, hashes: [])
        } else if let found = bundle.consistency, found.oldSize == old.size {
            proof = found
        } else {
            throw .older(
                "the bundle has no proof from the older checkpoint's \(old.size) entries: ask for one made with --against"
            )
        }
        do throws(ProofError) {
            try proof.verify(oldRoot: old.root, newRoot: checkpoint.root)
        } catch {
            throw .older("the log does not extend the older checkpoint: \(error)")
        }
        return old
    }

    private func remarks(on bundle: EvidenceBundle) -> [String] {
        var remarks: [String] = []
        let blobs = Set(bundle.records.flatMap(\.blobs)).subtracting(bundle.blobs.keys)
        if !blobs.isEmpty {
            remarks.append("\(blobs.count) long text(s) that records name are not in the bundle, or were erased")
        }
        let policies = Set(bundle.records.compactMap(\.policy)).subtracting(bundle.policies.keys)
        if !policies.isEmpty {
            remarks.append("\(policies.count) policy text(s) that records name are not in the bundle")
        }
        if bundle.origin.texts != EvidenceOrigin.currentTexts {
            remarks.append(
                "README.txt and index.html are of another version and were not compared: do not rely on them"
            )
        }
        if bundle.consistency != nil, older == nil {
            remarks.append(
                "the proof from an older checkpoint was not used: give that one to prove that the log extends it"
            )
        }
        return remarks
    }
}
