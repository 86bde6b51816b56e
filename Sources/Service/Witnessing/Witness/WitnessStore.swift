/// Where a witness keeps what it cosigned. The whole worth of a witness hangs on this contract:
///
/// - `advance` compares and stores in one step: of two callers that saw the same head, one succeeds.
/// - When it returns true, the head is on disk and survives the machine. The cosignature is made after that.
/// - A head is never taken back, and the store is never restored from a backup.
package protocol WitnessStore: Sendable {
    /// The last head of a log that was cosigned; nil for none.
    func head(of origin: String) async throws -> CosignedHead?

    /// Stores `new` if the head is still `old`. False where another one stands there.
    func advance(_ origin: String, from old: CosignedHead?, to new: CosignedHead) async throws -> Bool

    /// What was cosigned at a size; nil where nothing was, or where it is so long ago that it is no longer kept.
    func cosigned(_ origin: String, size: UInt64) async throws -> CosignedHead?

    /// Keeps evidence, once for each checkpoint that was refused. Of each log the first thousand forks stay for ever (one
    /// convicts), and the last hundred checkpoints without proof. When it returns, it is on disk. True where it is new.
    func keep(_ evidence: ForkEvidence) async throws -> Bool

    /// What a head that was stored says of checkpoints of its size that had come without proof: one with its root was
    /// honest and is dropped, one with another root is a fork from now on. The number of new forks.
    func settle(_ origin: String, with head: CosignedHead) async throws -> Int

    /// All evidence, oldest first.
    func evidence() async throws -> [ForkEvidence]
}
