import Foundation

/// `countersign ledger witness`, run as somebody else's operator runs it.
struct WitnessProcess: Sendable {
    let folder: URL
    let port: Int
    let name: String
    let logs: [String]
    let process: ChildProcess

    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts a witness of these logs in a folder, a new one where there is none.
    static func start(
        _ name: String = "witness.example/w1",
        of logs: [String],
        in folder: URL? = nil,
        port: Int? = nil
    ) async throws -> WitnessProcess {
        let folder = try folder ?? Leash.makeFolder("witness").appending(path: "data")
        let port = try port ?? Machine.freePort()
        let log = folder.deletingLastPathComponent().appending(path: "witness-\(UInt32.random(in: 0...UInt32.max)).log")
        let process = try ChildProcess(
            Machine.countersign,
            ["ledger", "witness", "--data", folder.path(percentEncoded: false), "--name", name]
                + ["--listen", "127.0.0.1:\(port)"] + logs.flatMap { ["--log", $0] },
            log: log
        )
        try await Deadline.patient.wait("the witness to listen") {
            if let status = process.exitStatus {
                throw HarnessError("the witness ended with \(status): \(process.logText)")
            }
            return process.logText.contains(#""message":"witnessing""#) ? true : nil
        }
        return WitnessProcess(folder: folder, port: port, name: name, logs: logs, process: process)
    }

    /// The same one again, on the same port.
    func restarted() async throws -> WitnessProcess {
        try await WitnessProcess.start(name, of: logs, in: folder, port: port)
    }

    func command(_ words: String...) async throws -> CommandResult {
        let data = ["--data", folder.path(percentEncoded: false)]
        return try await Command(Machine.countersign, ["ledger", "witness"] + words + data).run()
    }

    /// Its verifier key.
    var key: String {
        get async throws { try await command("key").checked().output.trimmingCharacters(in: .newlines) }
    }
}
