/// A checkpoint whose signatures were verified.
package struct SignedCheckpoint: Hashable, Sendable {
    package let checkpoint: Checkpoint
    package let note: SignedNote
    /// The key of the log that signed it.
    package let log: NoteVerifierKey
    /// Of those witnesses that were asked about.
    package let cosignatures: [VerifiedSignature]

    /// Opens a note: one of the logs signed it and has the name that stands in its first line; each signature of a witness
    /// that is known verifies. Whether those are enough is for `WitnessPolicy` to say.
    package init(_ note: SignedNote, logs: [NoteVerifierKey], witnesses: [NoteVerifierKey] = []) throws(NoteError) {
        for key in logs where key.algorithm != .ed25519 { throw .unsupportedKey(type: key.algorithm.rawValue) }
        for key in witnesses where key.algorithm != .cosignature {
            throw .unsupportedKey(type: key.algorithm.rawValue)
        }
        let signed = try note.signatures(by: logs)
        guard !signed.isEmpty else { throw .unsigned }
        let checkpoint = try Checkpoint(note.text)
        guard let log = signed.first(where: { $0.key.name.utf8.elementsEqual(checkpoint.origin.utf8) }) else {
            throw .wrongOrigin(checkpoint.origin)
        }
        self.checkpoint = checkpoint
        self.note = note
        self.log = log.key
        cosignatures = try note.signatures(by: witnesses)
    }

    package init(_ bytes: [UInt8], logs: [NoteVerifierKey], witnesses: [NoteVerifierKey] = []) throws(NoteError) {
        try self.init(try SignedNote(bytes), logs: logs, witnesses: witnesses)
    }

    /// When the first and the last of these witnesses saw it, by their clocks, in seconds since 1970; nil without any.
    package var earliestTime: UInt64? { cosignatures.compactMap(\.time).min() }
    package var latestTime: UInt64? { cosignatures.compactMap(\.time).max() }
}
