import Foundation
import Synchronization

/// A program to run to its end, with its output drained while it runs and a time that it may take.
struct Command: Sendable {
    var executable: String
    var arguments: [String]
    /// Added to a small environment of its own: nothing of the machine's `PG…` or locale reaches a client.
    var environment: [String: String] = [:]
    var input: String?
    var timeout: Duration = .seconds(300)

    init(
        _ executable: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        input: String? = nil,
        timeout: Duration = .seconds(300)
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.timeout = timeout
    }

    static let baseEnvironment: [String: String] = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
        "HOME": "/nonexistent",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PGCONNECT_TIMEOUT": "120",
        "PYTHONDONTWRITEBYTECODE": "1",
    ]

    /// Runs on a thread of its own, so that a test that waits for a program holds no thread that others need.
    func run() async throws -> CommandResult {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try runAndWait() })
            }
        }
    }

    private func runAndWait() throws -> CommandResult {
        let ended = DispatchSemaphore(value: 0)
        // The pipes too: a child of another thread that inherited one would keep this one's input open as long as it runs.
        let (process, input, output, errors) = try Spawn.alone {
            let process = Process()
            process.executableURL = URL(filePath: executable.contains("/") ? executable : "/usr/bin/env")
            process.arguments = executable.contains("/") ? arguments : [executable] + arguments
            process.environment = Command.baseEnvironment.merging(environment) { $1 }
            let (input, output, errors) = (Pipe(), Pipe(), Pipe())
            (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
            process.terminationHandler = { _ in ended.signal() }
            try process.run()
            return (process, input, output, errors)
        }

        let readers = [Drain(output), Drain(errors)]
        feed(input)
        let seconds = Double(timeout.components.seconds) + Double(timeout.components.attoseconds) / 1e18
        let isTimedOut = ended.wait(timeout: .now() + seconds) == .timedOut
        if isTimedOut {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
        }
        // A grandchild may hold the pipes open beyond the command itself; its output is not waited for.
        let texts = readers.map { $0.text(within: 30) }
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return CommandResult(
            command: ([executable] + arguments).joined(separator: " "),
            status: status,
            output: texts[0],
            errors: texts[1],
            isTimedOut: isTimedOut
        )
    }

    private func feed(_ pipe: Pipe) {
        let handle = pipe.fileHandleForWriting
        guard let input else {
            try? handle.close()
            return
        }
        Thread.detachNewThread {
            // The command may end without reading it all: that is an error of this thread, and not the end of the tests.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &signals, nil)
            try? handle.write(contentsOf: Data(input.utf8))
            try? handle.close()
        }
    }
}
