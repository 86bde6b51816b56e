import Glibc

/// Files of some bytes that are read and replaced as a whole.
enum SmallFile {
    /// The bytes, at most `limit`; nil where there is no file.
    static func read(_ path: String, limit: Int) throws(LedgerError) -> [UInt8]? {
        let name = String(path.split(separator: "/").last ?? "")
        do throws(LedgerError) {
            return try OpenFile(path, O_RDONLY, name: name).bytes(limit: limit, name: name)
        } catch {
            if error.code == .unreadable(ENOENT) { return nil }
            throw error
        }
    }

    /// Replaces the file (0600): the old one or the new one is there, whole, whatever ends this; the new one for good once
    /// it has returned.
    /// - Returns: the `errno` that prevented it, or 0.
    static func replace(_ path: String, with bytes: [UInt8], _ files: FileOperations) -> Int32 {
        let temporary = path + ".part"
        let failure = DurableFile.write(bytes, to: temporary, with: files)
        guard failure == 0 else { return failure }
        let renamed = files.rename(temporary, path)
        guard renamed == 0 else { return -renamed }
        return syncFolder(of: path, files)
    }

    static func syncFolder(of path: String, _ files: FileOperations) -> Int32 {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return DurableFile.syncDirectory(folder.isEmpty ? "/" : folder, with: files)
    }
}
