import Glibc

/// A file descriptor that closes itself.
///
/// The number never leaves this class: taken out, it could be used after the last reference had closed it.
final class OpenFile: Sendable {
    private let descriptor: Int32

    init(adopting descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// open(2) with O_CLOEXEC; `mode` is used for a file that is made.
    init(_ path: String, _ flags: Int32, mode: mode_t = 0o600, name: String) throws(LedgerError) {
        var opened: Int32
        repeat { opened = open(path, flags | O_CLOEXEC, mode) } while opened < 0 && errno == EINTR
        guard opened >= 0 else { throw LedgerError(.unreadable(errno), file: name) }
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }

    // MARK: - What can fail a ledger: each returns the `errno`, 0 when it was done

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64, with files: FileOperations) -> (
        written: Int, errno: Int32
    ) {
        withExtendedLifetime(self) { files.writeAll(bytes, to: descriptor, at: offset) }
    }

    func write(_ bytes: [UInt8], at offset: Int64, with files: FileOperations) -> Int32 {
        bytes.withUnsafeBytes { write($0, at: offset, with: files).errno }
    }

    func syncData(with files: FileOperations) -> Int32 {
        withExtendedLifetime(self) { -files.syncData(descriptor) }
    }

    func sync(with files: FileOperations) -> Int32 {
        withExtendedLifetime(self) { -files.sync(descriptor) }
    }

    func allocate(_ bytes: Int64, with files: FileOperations) -> Int32 {
        withExtendedLifetime(self) { -files.allocate(descriptor, bytes) }
    }

    /// Has the kernel begin to write the file's bytes to its disk, without waiting. What fails, `sync` tells.
    func startWriting() {
        // Advice that the bytes will not be read soon: Linux then writes those that are not on disk yet. Of the C library's
        // calls the one that says it outright is not among those that a program in Swift sees.
        withExtendedLifetime(self) { _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }
    }

    /// flock(2), exclusive, without waiting.
    func lock() -> Int32 {
        withExtendedLifetime(self) { flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno }
    }

    // MARK: - Reading

    /// Bytes of the file.
    func size(name: String) throws(LedgerError) -> Int64 {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw LedgerError(.unreadable(errno), file: name) }
        return Int64(facts.st_size)
    }

    /// Reads into `target` until it is full or the file ends.
    /// - Returns: bytes read.
    func read(into target: UnsafeMutableRawBufferPointer, at offset: Int64, name: String) throws(LedgerError) -> Int {
        var done = 0
        while done < target.count {
            let count = pread(
                descriptor,
                target.baseAddress.map { $0 + done },
                target.count - done,
                off_t(offset) + done
            )
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw LedgerError(.unreadable(errno), file: name) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The bytes from `offset` on, at most `limit`.
    func bytes(at offset: Int64 = 0, limit: Int, name: String) throws(LedgerError) -> [UInt8] {
        var failure: LedgerError?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            do throws(LedgerError) {
                count = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset, name: name)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
