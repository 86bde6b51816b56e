import Glibc

/// The calls of the kernel by which records become durable, as closures so that tests can let each of them fail.
///
/// Each returns what the kernel returns, or `-errno`: never a partial success dressed as a whole one.
struct FileOperations: Sendable {
    /// pwrite(2): bytes written, which may be fewer than asked.
    var write: @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer, _ offset: Int64) -> Int
    /// fdatasync(2).
    var syncData: @Sendable (_ file: Int32) -> Int32
    /// fsync(2), of files whose length is new and of directories.
    var sync: @Sendable (_ file: Int32) -> Int32
    /// posix_fallocate(3) of a new file, from 0.
    var allocate: @Sendable (_ file: Int32, _ bytes: Int64) -> Int32
    /// rename(2).
    var rename: @Sendable (_ from: String, _ to: String) -> Int32
    /// Free bytes on the file system of this path (statvfs(3), what an ordinary user may take).
    var freeBytes: @Sendable (_ path: String) -> UInt64?

    /// The kernel's name for the time since it was started (`/proc/sys/kernel/random/boot_id`).
    var boot: @Sendable () -> String?

    static let system = FileOperations(
        write: { file, bytes, offset in
            let count = pwrite(file, bytes.baseAddress, bytes.count, off_t(offset))
            return count < 0 ? -Int(errno) : count
        },
        syncData: { fdatasync($0) == 0 ? 0 : -errno },
        sync: { fsync($0) == 0 ? 0 : -errno },
        allocate: { -posix_fallocate($0, 0, off_t($1)) },
        rename: { Glibc.rename($0, $1) == 0 ? 0 : -errno },
        freeBytes: { path in
            var facts = statvfs()
            guard statvfs(path, &facts) == 0 else { return nil }
            return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
        },
        boot: {
            let path = "/proc/sys/kernel/random/boot_id"
            guard let file = try? OpenFile(path, O_RDONLY, name: path),
                let bytes = try? file.bytes(limit: 64, name: path)
            else { return nil }
            return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        }
    )

    /// Writes all of `bytes`, going on after a short write and after a signal.
    /// - Returns: how many were written, and the `errno` that stopped it before the end (0 when all were).
    func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int64) -> (written: Int, errno: Int32) {
        var done = 0
        while done < bytes.count {
            let count = write(file, UnsafeRawBufferPointer(rebasing: bytes[done...]), offset + Int64(done))
            if count == -Int(EINTR) { continue }
            // A write of nothing would go on for ever; no file system that works answers so.
            guard count > 0 else { return (done, count == 0 ? EIO : Int32(-count)) }
            done += count
        }
        return (done, 0)
    }
}
