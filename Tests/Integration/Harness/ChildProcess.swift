import Foundation
import Synchronization

/// A server that a test started: its output in a file, and ended with the tests whatever happens.
///
/// `@unchecked Sendable`: the `Process` is only asked for its number, which does not change; its end is in the mutex.
final class ChildProcess: @unchecked Sendable {
    private let process = Process()
    private let leash: Leash
    private let log: URL
    private let status = Mutex<Int32?>(nil)

    var pid: Int32 { process.processIdentifier }

    /// Starts it. `lastSignal` ends it when the tests end: `KILL`, or `QUIT` for a server with children of its own.
    init(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        log: URL,
        lastSignal: String = "KILL"
    ) throws {
        leash = try Leash.shared.get()
        self.log = log
        if !FileManager.default.fileExists(atPath: log.path(percentEncoded: false)) {
            try Data().write(to: log)
        }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.environment = Command.baseEnvironment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        process.terminationHandler = { [self] process in
            let signal: Int32 = process.terminationReason == .exit ? 0 : 128
            status.withLock { $0 = signal + process.terminationStatus }
        }
        try Spawn.alone { try process.run() }
        try output.close()
        leash.hold(pid, signal: lastSignal)
    }

    /// All that it wrote so far.
    var logText: String {
        (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    }

    /// Nil while it runs; 128 and the signal's number where a signal ended it.
    var exitStatus: Int32? {
        status.withLock { $0 }
    }

    func send(_ signal: Int32) {
        guard exitStatus == nil else { return }
        kill(pid, signal)
    }

    /// Sends a signal and waits for the end.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM, within timeout: Duration = .seconds(180)) async throws -> Int32 {
        send(signal)
        let status = try await Deadline(timeout).wait("process \(pid) to end") { self.exitStatus }
        leash.free(pid)
        return status
    }
}
