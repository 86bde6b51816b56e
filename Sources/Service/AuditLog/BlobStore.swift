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
        // A name is given only after the sync, so a file of the right length is whole. What is named again is young again.
        if stat(path, &facts) == 0, facts.st_size == bytes.count, utimensat(AT_FDCWD, path, nil, 0) == 0 {
            failure = 0
        } else {
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

    // MARK: - Erasing

    /// Seconds since 1970 at which a blob was last named by a record to come; nil where there is none.
    func lastNamed(_ digest: String) -> Int? {
        var facts = stat()
        guard digest.utf8.count == 64, Hexadecimal.bytes(digest) != nil, stat(layout.blob(digest), &facts) == 0 else {
            return nil
        }
        return facts.st_mtim.tv_sec
    }

    /// Deletes a blob for good, as far as a file system does.
    func erase(_ digest: String) throws(LedgerError) {
        let name = "blobs/\(digest.prefix(2))/\(digest)"
        guard unlink(layout.blob(digest)) == 0 || errno == ENOENT else { throw LedgerError(.failed(errno), file: name) }
        let failure = DurableFile.syncDirectory(layout.blobs + "/" + digest.prefix(2), with: files)
        guard failure == 0 else { throw LedgerError(.failed(failure), file: name) }
    }

    /// The digests of all blobs that no record to come has named since `moment`, in seconds since 1970; at most `limit`.
    func unnamed(since moment: Int, limit: Int) throws(LedgerError) -> [String] {
        var found: [String] = []
        for folder in try layout.names(in: layout.blobs)
        where folder.utf8.count == 2 && Hexadecimal.bytes(folder) != nil {
            for digest in try layout.names(in: layout.blobs + "/" + folder) {
                guard found.count < limit else { return found }
                if let named = lastNamed(digest), named < moment { found.append(digest) }
            }
        }
        return found
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
