package import AccessModel
package import TransparencyLog

/// A witness (C2SP tlog-witness): it cosigns a checkpoint only where it extends the last one of that log that it cosigned,
/// and has that on disk before it answers.
package final class CosigningWitness: Sendable {
    package let key: NoteVerifierKey
    package let logs: TrustedLogs

    private let signer: NoteSigner
    private let store: any WitnessStore
    private let now: @Sendable () -> Timestamp
    private let notice: @Sendable (WitnessNotice) -> Void
    private let pace: SubmissionPace

    /// Throws `NoteError.unsupportedKey` where the signer is not a cosigner's.
    package init(
        signer: NoteSigner,
        logs: TrustedLogs,
        store: any WitnessStore,
        pace: SubmissionPace = SubmissionPace(),
        now: @escaping @Sendable () -> Timestamp,
        notice: @escaping @Sendable (WitnessNotice) -> Void
    ) throws(NoteError) {
        guard signer.key.algorithm == .cosignature else {
            throw .unsupportedKey(type: signer.key.algorithm.rawValue)
        }
        self.signer = signer
        self.logs = logs
        self.store = store
        self.pace = pace
        self.now = now
        self.notice = notice
        key = signer.key
    }

    /// Answers the body of an `add-checkpoint`.
    package func answer(_ body: [UInt8]) async -> WitnessAnswer {
        let request: AddCheckpointRequest
        var checkpoint: SubmittedCheckpoint
        do {
            request = try AddCheckpointRequest(body)
            checkpoint = try SubmittedCheckpoint(request.note)
        } catch {
            return .malformed("\(error)")
        }
        guard let keys = logs.keys(of: checkpoint.origin) else { return .unknownOrigin }
        do throws(NoteError) {
            guard try !request.note.signatures(by: keys).isEmpty else { throw .unsigned }
            try checkpoint.keepSignatures(of: keys)
        } catch {
            return .untrusted("\(error)")
        }
        guard request.oldSize <= checkpoint.size else {
            return .malformed("the old size is above the checkpoint's")
        }
        guard !checkpoint.isFalselyEmpty else { return .inconsistent("an empty log has another root") }
        do {
            return try await judge(checkpoint, request)
        } catch {
            notice(.storeFailed(origin: checkpoint.origin, cause: "\(error)"))
            return .unavailable
        }
    }

    /// The last checkpoint of a log that was cosigned, without cosignature; for whoever compares what he was shown.
    package func head(of origin: String) async throws -> CosignedHead? {
        try await store.head(of: origin)
    }

    /// From here on the log's own key has signed the checkpoint.
    private func judge(
        _ checkpoint: SubmittedCheckpoint,
        _ request: AddCheckpointRequest
    ) async throws -> WitnessAnswer {
        let head = try await store.head(of: checkpoint.origin)
        try await lookForFork(checkpoint, head)
        guard request.oldSize == head?.size ?? 0 else { return .conflict(size: head?.size ?? 0) }
        let proof = ConsistencyProof(oldSize: request.oldSize, newSize: checkpoint.size, hashes: request.proof)
        do throws(ProofError) {
            try proof.verify(oldRoot: head?.root ?? .emptyRoot, newRoot: checkpoint.root)
        } catch {
            if let head, head.size < checkpoint.size { try await keep(.unproven, head, checkpoint) }
            return .inconsistent("\(error)")
        }
        let time = now()
        if head?.size != checkpoint.size {
            // Counted here, where the log's key and a proof stand behind it: a stranger who repeats what the log published
            // uses up nothing.
            guard pace.admits(checkpoint.origin, at: time) else { return .tooOften }
            let (size, root) = (checkpoint.size, checkpoint.root)
            let new = CosignedHead(size: size, root: root, note: checkpoint.kept, time: time)
            guard try await store.advance(checkpoint.origin, from: head, to: new) else {
                // Somebody else was faster. What he stored is the answer.
                return .conflict(size: try await store.head(of: checkpoint.origin)?.size ?? 0)
            }
        }
        try await settle(checkpoint)
        // From here the head is on disk: no later answer can contradict this signature. A crash before the answer costs
        // the log one more question.
        let seconds = UInt64(clamping: time.microseconds / 1_000_000)
        let signature = try signer.signature(of: checkpoint.note.text, time: max(1, seconds))
        notice(.cosigned(origin: checkpoint.origin, size: checkpoint.size))
        return .cosigned(signature)
    }

    /// A signed checkpoint of a size that was cosigned with another root convicts the log, whatever else is wrong with
    /// the request.
    private func lookForFork(_ checkpoint: SubmittedCheckpoint, _ head: CosignedHead?) async throws {
        guard let head, checkpoint.size <= head.size, checkpoint.size > 0 else { return }
        let known =
            checkpoint.size == head.size ? head : try await store.cosigned(checkpoint.origin, size: checkpoint.size)
        guard let known, known.root != checkpoint.root else { return }
        try await keep(.fork, known, checkpoint)
    }

    private func settle(_ checkpoint: SubmittedCheckpoint) async throws {
        guard let head = try await store.head(of: checkpoint.origin) else { return }
        let forks = try await store.settle(checkpoint.origin, with: head)
        if forks > 0 { notice(.evidence(.fork, origin: checkpoint.origin, size: head.size)) }
    }

    private func keep(_ kind: ForkEvidence.Kind, _ cosigned: CosignedHead, _ refused: SubmittedCheckpoint) async throws
    {
        let evidence = ForkEvidence(
            kind: kind,
            origin: refused.origin,
            time: now(),
            size: refused.size,
            root: refused.root,
            cosigned: cosigned.note,
            refused: refused.kept
        )
        guard try await store.keep(evidence) else { return }
        notice(.evidence(kind, origin: refused.origin, size: refused.size))
    }
}
