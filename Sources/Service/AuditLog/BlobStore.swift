import AccessModel
import Crypto
import Glibc
import Synchronization

/// What is too long for a record, kept content-addressed: `blobs/ab/<SHA-256>`, whole and on disk before it has a name.
struct BlobStore: Sendable {
    let layout: LedgerLayout
    let files: FileOperations

    /// Keeps `bytes` and returns their SHA-256 in hexadecimal. What is there already is not written again.
    func store(_ bytes: UnsafeRawBufferPointer) throws(LedgerError) -> String {
        let digest = Hexadecimal.string(SHA256.hash(data: bytes))
        let path = layout.blob(digest)
        let name = "blobs/\(digest.prefix(2))/\(digest)"
        let folder = layout.blobs + "/" + digest.prefix(2)
        var facts = stat()
        var failure: Int32 = 0
        // A name is given only after the sync, so a file of the right length is whole.
        if stat(path, &facts) != 0 || facts.st_size != bytes.count {
            try DurableFile.makeDirectory(folder, name: "blobs")
            failure = write(bytes, to: path, in: folder)
        }
        // Also for a name that was there: whoever gave it may not have come to this.
        if failure == 0 { failure = DurableFile.syncDirectory(folder, with: files) }
        if failure == 0 { failure = DurableFile.syncDirectory(layout.blobs, with: files) }
        guard failure == 0 else {
            throw LedgerError(WantOfRoom.isCause(of: failure) ? .full : .failed(failure), file: name)
        }
        // From here a record may name the blob.
        return digest
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to path: String, in folder: String) -> Int32 {
        let temporary = "\(folder)/.\(UInt64.random(in: 0 ... .max))"
        var failure = DurableFile.write(bytes, to: temporary, with: files)
        if failure == 0 { failure = -files.rename(temporary, path) }
        if failure != 0 { unlink(temporary) }
        return failure
    }

    enum Condition {
        case whole, missing, changed
    }

    /// Whether a blob is there and is what its name says.
    func check(_ digest: String) throws(LedgerError) -> Condition {
        guard digest.utf8.count == 64, Hexadecimal.bytes(digest) != nil else { return .missing }
        let name = "blobs/\(digest.prefix(2))/\(digest)"
        let file: OpenFile
        do throws(LedgerError) {
            file = try OpenFile(layout.blob(digest), O_RDONLY, name: name)
        } catch {
            if error.code == .unreadable(ENOENT) { return .missing }
            throw error
        }
        var hash = SHA256()
        var offset: Int64 = 0
        while true {
            let chunk = try file.bytes(at: offset, limit: 1 << 20, name: name)
            guard !chunk.isEmpty else { break }
            hash.update(data: chunk)
            offset += Int64(chunk.count)
        }
        return Hexadecimal.string(hash.finalize()) == digest ? .whole : .changed
    }

    /// The bytes of a blob, at most `limit`; nil when there is none.
    func read(_ digest: String, limit: Int = .max) throws(LedgerError) -> [UInt8]? {
        guard digest.utf8.count == 64, Hexadecimal.bytes(digest) != nil else { return nil }
        let name = "blobs/\(digest.prefix(2))/\(digest)"
        let file: OpenFile
        do throws(LedgerError) {
            file = try OpenFile(layout.blob(digest), O_RDONLY, name: name)
        } catch {
            if error.code == .unreadable(ENOENT) { return nil }
            throw error
        }
        let size = try file.size(name: name)
        return try file.bytes(limit: min(limit, Int(size)), name: name)
    }
}
