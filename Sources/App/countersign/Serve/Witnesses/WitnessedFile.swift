internal import AccessModel
internal import Foundation
internal import TransparencyLog

/// The last checkpoint that a quorum of witnesses cosigned, in `DATA/witnessed`: what a restart begins from, and what an
/// auditor may take away.
struct WitnessedFile: Sendable {
    let path: String

    /// The size, and the earliest of the times at which the witnesses of the quorum signed; nil where there is none that the
    /// policy of now accepts for this ledger.
    func read(_ policy: WitnessPolicy, origin: String, now: Timestamp) -> (size: UInt64, age: Duration)? {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= SignedNote.longest,
            let note = try? SignedNote(Array(bytes)), let checkpoint = try? Checkpoint(note.text),
            checkpoint.origin.utf8.elementsEqual(origin.utf8),
            let cosigned = try? note.signatures(by: policy.witnesses.map(\.key)),
            policy.isMet(by: Set(cosigned.map(\.key))), let time = cosigned.compactMap(\.time).min()
        else { return nil }
        let seconds = now.microseconds / 1_000_000 - Int64(clamping: time)
        return (checkpoint.size, .seconds(seconds))
    }

    /// Whole or not at all. Throws `Failure`.
    func write(_ note: SignedNote) throws {
        let part = path + ".part"
        unlink(part)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(path) cannot be written") }
        let output = Output(descriptor: descriptor, name: path)
        defer { close(descriptor) }
        try output.line(note.bytes.dropLast())
        try output.synchronize()
        guard rename(part, path) == 0, FolderSync.sync(folderOf: path) else {
            throw Failure("\(path) cannot be written")
        }
    }
}
