internal import Foundation
internal import Synchronization

/// A file of lines that is on disk when an event counts as delivered, and that gives way to a new one at a size.
final class FileSink: ExportSink {
    let acknowledges = true
    private let path: String
    private let rotate: Int
    private let keep: Int
    private let state = Mutex(State())

    private struct State {
        var descriptor: Int32 = -1
        var size = 0
        /// Device and number of the file that is open.
        var identity: [Int] = []
    }

    init(path: String, rotate: Int, keep: Int) {
        self.path = path
        self.rotate = rotate
        self.keep = keep
    }

    func open() throws {
        try state.withLock { try open(&$0) }
    }

    func send(_ events: [[UInt8]]) throws {
        try state.withLock { state in
            if state.size >= rotate {
                try turn(&state)
            } else if state.identity != identity {
                // Somebody moved it away, as log rotation does.
                close(&state)
                try open(&state)
            }
            var bytes: [UInt8] = []
            for event in events { bytes += event + [0x0A] }
            try write(bytes, &state)
            guard fsync(state.descriptor) == 0 else { throw failure("could not be synced") }
        }
    }

    func check() throws {}

    func interrupt() {}

    func close() {
        state.withLock { close(&$0) }
    }

    // MARK: The file

    private func open(_ state: inout State) throws {
        guard state.descriptor < 0 else { return }
        state.descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard state.descriptor >= 0 else { throw failure("could not be opened") }
        state.identity = identity
        guard !state.identity.isEmpty else {
            close(&state)
            throw Failure("\(path) is no file")
        }
        state.size = Int(lseek(state.descriptor, 0, SEEK_END))
        guard state.size >= 0 else { throw failure("could not be read") }
        try endUnfinishedLine(&state)
    }

    /// A crash may have left half a line: it is cut off, and told again from the cursor.
    private func endUnfinishedLine(_ state: inout State) throws {
        var end = state.size
        var block = [UInt8](repeating: 0, count: 4096)
        search: while end > 0 {
            let start = max(0, end - block.count)
            let count = pread(state.descriptor, &block, end - start, off_t(start))
            guard count == end - start else { throw failure("could not be read") }
            if let last = block[..<count].lastIndex(of: 0x0A) {
                end = start + last + 1
                break search
            }
            end = start
        }
        guard end < state.size else { return }
        guard ftruncate(state.descriptor, off_t(end)) == 0 else { throw failure("could not be cut") }
        state.size = end
    }

    private func write(_ bytes: [UInt8], _ state: inout State) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Foundation.write(state.descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                sent += count
            } else if errno != EINTR {
                let error = failure("could not be written")
                // What was written of it would be half a line, and is told again.
                _ = ftruncate(state.descriptor, off_t(state.size))
                throw error
            }
        }
        state.size += sent
    }

    /// `PATH` becomes `PATH.1`, that `PATH.2`, and so on; the oldest goes.
    private func turn(_ state: inout State) throws {
        close(&state)
        for number in stride(from: keep - 1, through: 1, by: -1) {
            rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        guard rename(path, "\(path).1") == 0 || errno == ENOENT else { throw failure("could not be renamed") }
        try open(&state)
    }

    /// Of what has the name now; empty where that is no file.
    private var identity: [Int] {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { return [] }
        return [attributes[.systemNumber], attributes[.systemFileNumber]].compactMap { ($0 as? NSNumber)?.intValue }
    }

    private func close(_ state: inout State) {
        if state.descriptor >= 0 { Foundation.close(state.descriptor) }
        state.descriptor = -1
    }

    private func failure(_ what: String) -> Failure {
        Failure("\(path) \(what): \(String(cString: strerror(errno)))")
    }
}
