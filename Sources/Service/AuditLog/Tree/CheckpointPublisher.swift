package import TransparencyLog

/// What a ledger asks and tells while it publishes a checkpoint. Filled by the composition root; `silent` asks nobody.
package struct CheckpointPublisher: Sendable {
    /// Proves that the checkpoint's tree begins with that of a smaller size; empty from 0. Throws where the tiles do not
    /// make that tree.
    package typealias Prover = @Sendable (_ oldSize: UInt64) async throws -> ConsistencyProof

    /// Asks the witnesses. Called once a checkpoint is signed and can no longer be taken back, before it is published;
    /// what it returns is published with it. The ledger waits for it, no longer than `patience`.
    /// Nil where there are no witnesses.
    package var cosign:
        (@Sendable (_ note: SignedNote, _ checkpoint: Checkpoint, _ prover: @escaping Prover) async -> [NoteSignature])?
    /// Told of what was published, on the ledger's own thread: it must not block.
    package var published: @Sendable (_ note: SignedNote, _ checkpoint: Checkpoint) -> Void
    package var patience: Duration

    package init(
        cosign: (@Sendable (SignedNote, Checkpoint, @escaping Prover) async -> [NoteSignature])?,
        published: @escaping @Sendable (SignedNote, Checkpoint) -> Void = { _, _ in },
        patience: Duration = .seconds(10)
    ) {
        self.cosign = cosign
        self.published = published
        self.patience = patience
    }

    package static let silent = CheckpointPublisher(cosign: nil)
}
