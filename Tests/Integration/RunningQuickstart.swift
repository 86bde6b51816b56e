import Foundation

/// A quickstart that a test started in a folder, on ports that were free.
struct RunningQuickstart: Sendable {
    let folder: URL
    private let process: ChildProcess
    private let log: URL

    /// The flags of four ports that are free now.
    static func ports() throws -> [String] {
        let flags = ["--port", "--postgres-port", "--console-port", "--issuer-port"]
        return try flags.flatMap { [$0, "\(try Machine.freePort())"] }
    }

    /// The data is in `quickstart-data`, where it is by default. An earlier start's ports serve again.
    static func start(in folder: URL) throws -> RunningQuickstart {
        let data = folder.appending(path: "quickstart-data").path(percentEncoded: false)
        let known = FileManager.default.fileExists(atPath: data + "/quickstart.json")
        let log = folder.appending(path: "output-\(UInt32.random(in: 0...UInt32.max)).log")
        let process = try ChildProcess(
            Machine.countersign,
            ["quickstart", "--data", data] + (known ? [] : try ports()),
            log: log,
            lastSignal: "INT"
        )
        return RunningQuickstart(folder: folder, process: process, log: log)
    }

    /// The address that logs in to the console, once it was printed.
    func loginLink() throws -> String {
        guard let match = process.logText.firstMatch(of: /http:\S+\/login\/link\?key=[A-Za-z0-9_-]{43}/) else {
            throw HarnessError("no link to the console: \(process.logText)")
        }
        return String(match.output)
    }

    /// The lines to paste, once they are there; comments left out.
    func printedLines() async throws -> [String] {
        let text = try await Deadline.patient.wait("the quickstart to print its lines") {
            if let status = process.exitStatus { throw HarnessError("it ended with \(status): \(process.logText)") }
            return process.logText.contains("ledger verify") ? process.logText : nil
        }
        let lines = text.split(separator: "\n").map(String.init)
        guard let first = lines.firstIndex(where: { $0.hasPrefix("Paste these") }) else {
            throw HarnessError("nothing to paste: \(text)")
        }
        return lines[(first + 1)...].filter { !$0.hasPrefix("#") && !$0.hasPrefix("{") }
    }

    /// Runs lines in one bash, each as it is, in the folder that the quickstart was started in; gives how each ended.
    func paste(_ lines: [String]) async throws -> [CommandResult] {
        var script = ""
        let marker = "-- end of line --"
        for line in lines {
            script += "\(line)\nstatus=$?; echo \"\(marker)$status\"; echo '\(marker)' >&2\n"
        }
        let whole = try await Command("bash", ["-c", script]).run()
            .checked()
        let (outputs, errors) = (
            whole.output.components(separatedBy: marker), whole.errors.components(separatedBy: marker)
        )
        return zip(lines.indices, lines).map { index, line in
            // The status is what follows the marker; then comes the output of the next line.
            let status = outputs[index + 1].prefix(while: \.isNumber)
            let output = index == 0 ? outputs[0] : String(outputs[index].drop(while: \.isNumber).dropFirst())
            let error = index == 0 ? errors[0] : String(errors[index].dropFirst())
            return CommandResult(
                command: line,
                status: Int32(status) ?? -1,
                output: output,
                errors: error,
                isTimedOut: false
            )
        }
    }

    /// The rows of a statement that runs through the gateway, with the connection that the lines name.
    func psql(_ sql: String) async throws -> String {
        let lines = try await printedLines()
        let line = lines[1].replacing(#/ -c ".*"/#, with: " -Atc \"\(sql)\"")
        return try await paste([lines[0], line])[1].checked().output.trimmingCharacters(in: .newlines)
    }

    @discardableResult
    func stop(_ signal: Int32 = SIGINT) async throws -> Int32 {
        try await process.stop(signal)
    }
}
