internal import Foundation
internal import TransparencyLog

/// A checkpoint in a file, as somebody kept it.
enum CheckpointFile {
    static func read(_ path: String) throws -> Checkpoint {
        try checkpoint(of: try note(path), path)
    }

    static func note(_ path: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Failure("\(path) cannot be opened: does it exist, and may this user read it?")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: SignedNote.longest) else {
            throw Failure("\(path) is empty, or cannot be read")
        }
        return Array(data)
    }

    static func checkpoint(of note: [UInt8], _ name: String) throws -> Checkpoint {
        do throws(NoteError) {
            return try Checkpoint(try SignedNote(note).text)
        } catch {
            throw Failure("\(name) is no checkpoint: \(error)")
        }
    }
}
