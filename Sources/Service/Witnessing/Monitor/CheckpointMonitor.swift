package import TransparencyLog

/// An auditor's memory of a log: each checkpoint must be signed by it, cosigned by the quorum, and extend the last one.
package struct CheckpointMonitor: Sendable {
    package let policy: WitnessPolicy
    /// The last checkpoint that was good; nil before the first.
    package private(set) var last: SignedCheckpoint?

    /// `policy` has the log's keys, and whose cosignatures are asked for; `last` is a note that was kept. Throws where it is
    /// not what the policy would accept.
    package init(policy: WitnessPolicy, last: [UInt8]?) throws(VerificationError) {
        self.policy = policy
        if let last { self.last = try policy.open(last) }
    }

    /// Opens what was fetched. Throws where the log did not sign it, or the quorum did not.
    package func open(_ note: [UInt8]) throws(VerificationError) -> SignedCheckpoint {
        try policy.open(note)
    }

    /// Judges an opened checkpoint, and remembers it where it is good. `tree` proves from the log's tiles; they are not
    /// trusted: the proof is verified.
    package mutating func judge(_ new: SignedCheckpoint, _ tree: (UInt64) throws -> ConsistencyProof) -> MonitorVerdict
    {
        let verdict = verdict(new, tree)
        if verdict.isGood { last = new }
        return verdict
    }

    private func verdict(_ new: SignedCheckpoint, _ tree: (UInt64) throws -> ConsistencyProof) -> MonitorVerdict {
        guard let seen = last?.checkpoint else { return .first }
        let checkpoint = new.checkpoint
        guard checkpoint.origin.utf8.elementsEqual(seen.origin.utf8) else {
            return .unproven(from: seen.size, "it is of another log")
        }
        guard checkpoint.size >= seen.size else { return .older(than: seen.size) }
        guard checkpoint.size > seen.size else { return checkpoint.root == seen.root ? .same : .forked }
        do {
            let proof = try tree(seen.size)
            guard proof.oldSize == seen.size, proof.newSize == checkpoint.size else {
                return .unproven(from: seen.size, "the proof is of other sizes")
            }
            try proof.verify(oldRoot: seen.root, newRoot: checkpoint.root)
            return .grown(from: seen.size)
        } catch {
            return .unproven(from: seen.size, "\(error)")
        }
    }
}
