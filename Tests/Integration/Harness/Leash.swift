import Foundation
import Synchronization

/// Ends every server that the tests started and removes what they left, when the test process ends: also when it is
/// killed or crashes. It is a process of its own, and acts when the pipe from this one is closed.
final class Leash: Sendable {
    static let shared = Result { try Leash() }

    /// The folder for everything that the tests of this process write; removed at the end.
    let folder: URL
    private let orders: Int32

    private init() throws {
        let name = "cs-test-\(UInt32.random(in: 0...UInt32.max))"
        folder = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        let pipe = Pipe()
        // Only this process may hold the writing end, or the leash outlives it.
        orders = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_DUPFD_CLOEXEC, 100)
        guard orders >= 0 else { throw HarnessError("fcntl: errno \(errno)") }
        let process = Process()
        process.executableURL = URL(filePath: Machine.python)
        process.arguments = [Machine.client("leash.py")]
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        try Spawn.alone { try process.run() }
        try pipe.fileHandleForWriting.close()
        order("remove \(folder.path(percentEncoded: false))")
    }

    /// Sends a signal (`KILL`, `QUIT`) to a process at the end.
    func hold(_ pid: Int32, signal: String) {
        order("pid \(pid) \(signal)")
    }

    /// For a process that has ended: its number may be another's soon.
    func free(_ pid: Int32) {
        order("free \(pid)")
    }

    /// Takes a file system away at the end, before the folder is removed.
    func unmount(_ folder: String) {
        order("unmount \(folder)")
    }

    private func order(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(orders, bytes, bytes.count)
    }

    /// A new folder in the folder of this run.
    static func makeFolder(_ name: String) throws -> URL {
        let url = try shared.get().folder.appending(path: "\(name)-\(UInt32.random(in: 0...UInt32.max))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }
}
