internal import Foundation
internal import Synchronization

/// A child that runs. The kernel ends it when the thread that started it ends, so that thread waits for it and does
/// nothing else.
final class ChildServer: Sendable {
    private let state = Mutex<(pid: pid_t, status: Int32?)>((0, nil))

    private init() {}

    static func start(_ program: ChildProgram) async throws -> ChildServer {
        let server = ChildServer()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { server.hold(program, continuation) }
        }
        return server
    }

    /// Nil while it runs; 128 and the signal's number where a signal ended it.
    var exitStatus: Int32? {
        state.withLock { $0.status }
    }

    /// The exit status. Throws when the task is cancelled.
    func waitForEnd() async throws -> Int32 {
        while true {
            if let status = exitStatus { return status }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// SIGINT, which is PostgreSQL's fast shutdown, and after the limit SIGKILL.
    func stop(within limit: Duration = .seconds(30)) async {
        send(SIGINT)
        let deadline = ContinuousClock.now + limit
        while exitStatus == nil, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(20)) }
        send(SIGKILL)
    }

    /// Under the lock, so that the number is not another process's yet.
    private func send(_ signal: Int32) {
        state.withLock { state in
            if state.status == nil, state.pid > 0 { kill(state.pid, signal) }
        }
    }

    private func hold(_ program: ChildProgram, _ continuation: CheckedContinuation<Void, any Error>) {
        let process = Process()
        let ended = DispatchSemaphore(value: 0)
        do {
            try prepare(process, program)
            process.terminationHandler = { _ in ended.signal() }
            try process.run()
        } catch {
            continuation.resume(throwing: Failure("\(program.path) cannot be run: \(error)"))
            return
        }
        state.withLock { $0.pid = process.processIdentifier }
        continuation.resume()
        ended.wait()
        let signal: Int32 = process.terminationReason == .exit ? 0 : 128
        state.withLock { $0.status = signal + process.terminationStatus }
    }

    private func prepare(_ process: Process, _ program: ChildProgram) throws {
        let words = program.command
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = ChildProgram.environment
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let descriptor = open(program.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(program.log) cannot be written") }
        let log = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        process.standardOutput = log
        process.standardError = log
        // What is given on standard input is a few kilobytes: a pipe holds it before anybody reads.
        let input = Pipe()
        process.standardInput = input
        try input.fileHandleForWriting.write(contentsOf: Data(program.input.utf8))
        try input.fileHandleForWriting.close()
    }
}
