package import TransparencyLog

/// What a verified bundle proves, and what it does not.
package struct EvidenceReport: Sendable {
    package var bundle: EvidenceBundle
    package var checkpoint: SignedCheckpoint
    /// Witnesses that the policy knows.
    package var knownWitnesses: Int
    /// The older checkpoint that the bundle's log was shown to extend.
    package var older: Checkpoint?
    package var actions: [EvidenceAction]
    package var sessions: [SessionExtent]
    /// What a reader should know: texts that are not there, a page that was not compared.
    package var remarks: [String]

    /// What holds for every bundle.
    package static let limits = [
        "That these are all the records: a bundle holds what was asked for. Ask for the whole log where it matters.",
        "That the gateway recorded everything: what it never logged leaves no trace here. The target's own log may.",
        "That what a record says is true: it is proven that the gateway recorded it, and that it was not changed since.",
        "That times are right: records carry the gateway's clock. A witness's time says only that the checkpoint existed then.",
        "Anything about entries behind this checkpoint.",
    ]

    package var allLimits: [String] { EvidenceReport.limits(of: checkpoint) }

    /// What a proof by this checkpoint does not prove.
    package static func limits(of checkpoint: SignedCheckpoint) -> [String] {
        guard checkpoint.cosignatures.isEmpty else { return limits }
        return [
            "That the log shows everybody the same history: no witness that you named has cosigned the checkpoint. Whoever "
                + "holds the log's key could have signed another one. Witnesses, or an older checkpoint kept elsewhere, "
                + "would tell."
        ] + limits
    }
}
