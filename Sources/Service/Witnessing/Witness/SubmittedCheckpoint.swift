import TransparencyLog

/// A checkpoint's note as it was sent: read far enough to know whose it is before anything else is judged.
struct SubmittedCheckpoint {
    let origin: String
    let note: SignedNote
    let size: UInt64
    let root: MerkleHash
    /// Whether it is an empty log's with a root that no empty log has.
    let isFalselyEmpty: Bool
    /// The note with the log's signatures alone: what is worth keeping of it.
    private(set) var kept: [UInt8]

    /// Bytes of a checkpoint's text: what is kept of each must be small. Room for the longest name and some extensions.
    static let longestText = 8 << 10

    init(_ note: SignedNote) throws(NoteError) {
        guard note.text.count <= SubmittedCheckpoint.longestText else { throw .tooLong(bytes: note.text.count) }
        self.note = note
        kept = note.bytes
        do throws(NoteError) {
            let checkpoint = try Checkpoint(note.text)
            (origin, size, root, isFalselyEmpty) = (checkpoint.origin, checkpoint.size, checkpoint.root, false)
        } catch .malformedCheckpoint(line: 3) {
            // The protocol has an answer of its own for the wrong root of an empty log, behind those about keys.
            let lines = note.text.split(separator: 0x0A, omittingEmptySubsequences: false)
            guard lines.count >= 3, lines[1].elementsEqual("0".utf8), let root = MerkleHash(base64: lines[2]) else {
                throw .malformedCheckpoint(line: 3)
            }
            origin = String(decoding: lines[0], as: UTF8.self)
            (size, self.root, isFalselyEmpty) = (0, root, true)
        } catch {
            throw error
        }
    }

    mutating func keepSignatures(of keys: [NoteVerifierKey]) throws(NoteError) {
        let own = keys.compactMap { key in note.signatures.first { key.isNamed(by: $0) } }
        kept = try SignedNote(text: note.text, signatures: own).bytes
    }
}
