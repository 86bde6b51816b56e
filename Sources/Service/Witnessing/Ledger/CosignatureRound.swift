package import TransparencyLog

/// What one round of asking brought.
package struct CosignatureRound: Hashable, Sendable {
    /// In the order of the configuration; of those who answered well.
    package var signatures: [NoteSignature]
    package var failures: [String: WitnessFailure]
    /// Whether the signatures are enough for the policy.
    package var isQuorum: Bool
}
