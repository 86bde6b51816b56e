internal import Glibc

/// Where a destination's state is kept: a small file that is replaced as a whole, after what it says is true.
package struct CursorFile: Sendable {
    package let path: String

    /// Most bytes of a file that is read: a hundred thousand live sessions and commands.
    private static let limit = 16 << 20

    package init(path: String) {
        self.path = path
    }

    /// Nil where there is none yet.
    package func read() throws(CursorFault) -> StreamState? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw CursorFault(path: path, code: .unreadable(errno))
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= CursorFile.limit {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw CursorFault(path: path, code: .unreadable(errno)) }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        guard let state = StreamState(encoded: String(decoding: bytes, as: UTF8.self)) else {
            throw CursorFault(path: path, code: .damaged)
        }
        return state
    }

    /// On disk when it returns; where it throws, the older one stands.
    package func write(_ state: StreamState) throws(CursorFault) {
        let temporary = path + ".next"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CursorFault(path: path, code: .unwritable(errno)) }
        let failure = CursorFile.write(Array(state.encoded.utf8), to: descriptor)
        close(descriptor)
        guard failure == 0 else {
            unlink(temporary)
            throw CursorFault(path: path, code: .unwritable(failure))
        }
        // From here the new state is on disk; the rename makes it the one that a restart finds.
        guard rename(temporary, path) == 0 else { throw CursorFault(path: path, code: .unwritable(errno)) }
        syncFolder()
    }

    /// - Returns: the `errno` that prevented it, or 0.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { sent += count } else if errno != EINTR { return errno }
        }
        return fsync(descriptor) == 0 ? 0 : errno
    }

    /// A rename that is not on disk costs repeats after the machine's death, and no event.
    private func syncFolder() {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
