internal import ArgumentParser
internal import Foundation

/// A file descriptor that lines are written to, buffered. An error ends the command: what could not be written is never
/// passed over.
final class Output {
    private let descriptor: Int32
    private let name: String
    private var buffer: [UInt8] = []

    private static let capacity = 64 << 10

    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    static func standard() -> Output {
        Output(descriptor: STDOUT_FILENO, name: "standard output")
    }

    func line(_ bytes: some Collection<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        buffer.append(0x0A)
        if buffer.count >= Output.capacity { try flush() }
    }

    /// Bytes as they are.
    func bytes(_ bytes: [UInt8]) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Output.capacity { try flush() }
    }

    func line(_ text: String = "") throws {
        try line(text.utf8)
    }

    func flush() throws {
        defer { buffer.removeAll(keepingCapacity: true) }
        var sent = 0
        while sent < buffer.count {
            let count = buffer[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { sent += count } else { try check(errno) }
        }
    }

    /// Makes a file's content durable.
    func synchronize() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw failure(errno) }
    }

    private func check(_ error: Int32) throws {
        switch error {
        case EINTR: return
        // Whoever reads has seen enough (`… | head`): what a shell reports for that, without words.
        case EPIPE: throw ExitCode(128 + SIGPIPE)
        default: throw failure(error)
        }
    }

    private func failure(_ error: Int32) -> Failure {
        Failure("\(name) could not be written: \(String(cString: strerror(error)))")
    }
}
