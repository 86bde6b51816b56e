import Glibc

/// Small files that are on disk before their name is.
enum DurableFile {
    /// Writes a file whole and syncs it; an older one of that name is replaced.
    /// - Returns: the `errno` that prevented it, or 0.
    static func write(_ bytes: [UInt8], to path: String, with files: FileOperations) -> Int32 {
        bytes.withUnsafeBytes { write($0, to: path, with: files) }
    }

    static func write(_ bytes: UnsafeRawBufferPointer, to path: String, with files: FileOperations) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return errno }
        let file = OpenFile(adopting: descriptor)
        let (_, failure) = file.write(bytes, at: 0, with: files)
        guard failure == 0 else { return failure }
        return file.sync(with: files)
    }

    /// Makes the names in a directory durable.
    /// - Returns: the `errno` that prevented it, or 0.
    static func syncDirectory(_ path: String, with files: FileOperations) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        return OpenFile(adopting: descriptor).sync(with: files)
    }

    /// Makes a directory (0700) where there is none; its parent must be there.
    static func makeDirectory(_ path: String, name: String) throws(LedgerError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw LedgerError(.unreadable(errno), file: name)
    }
}
