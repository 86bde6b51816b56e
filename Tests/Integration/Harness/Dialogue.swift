import Foundation

/// A client that a test goes along with: it writes lines, and waits for one at the points where the test acts.
struct Dialogue: Sendable {
    private let process: ChildProcess
    private let input: FileHandle

    init(_ executable: String, _ arguments: [String], environment: [String: String]) throws {
        let folder = try Leash.makeFolder("dialogue")
        let fifo = folder.appending(path: "input").path(percentEncoded: false)
        guard mkfifo(fifo, 0o600) == 0 else { throw HarnessError("mkfifo: errno \(errno)") }
        // Both ends, so that opening it waits for nobody.
        guard let input = FileHandle(forUpdatingAtPath: fifo) else { throw HarnessError("\(fifo) does not open") }
        self.input = input
        process = try ChildProcess(
            "/bin/sh",
            ["-c", "exec \"$@\" < \"$0\"", fifo, executable] + arguments,
            environment: environment,
            log: folder.appending(path: "output.log")
        )
    }

    /// Lets the client go on.
    func answer() {
        try? input.write(contentsOf: Data("\n".utf8))
    }

    /// Waits for a line.
    @discardableResult
    func wait(for isWanted: @escaping @Sendable (String) -> Bool) async throws -> String {
        try await Deadline.patient.wait("a line of the client") {
            let lines = process.logText.split(separator: "\n").map { String($0) }
            if let line = lines.first(where: isWanted) { return line }
            if let status = process.exitStatus { throw HarnessError("the client ended with \(status): \(lines)") }
            return nil
        }
    }

    func wait(for line: String) async throws {
        try await wait { $0 == line }
    }
}
