import Foundation

/// Receivers of events, and what they have received.
struct ExportSite: Sendable {
    let folder: URL
    let pki: TestPKI
    let port: Int
    private let client: TestPKI.Pair

    var stall: URL { folder.appending(path: "stall") }
    var refusal: URL { folder.appending(path: "received.refuse") }
    private var file: URL { folder.appending(path: "received") }
    private var archive: String { folder.appending(path: "archive.jsonl").path(percentEncoded: false) }

    init(_ pki: TestPKI) async throws {
        self.pki = pki
        folder = try Leash.makeFolder("export")
        port = try Machine.freePort()
        client = try await pki.client("exporter")
    }

    /// A destination over TLS, and one that is a file.
    func configuration(bytes: String = "8KiB") -> String {
        """
        export:
          siem:
            format: ocsf
            to:
              syslog:
                address: "localhost:\(port)"
                tls: {ca: \(pki.authority.certificate), certificate: \(client.certificate), key: {file: \(client.key)}}
                replay: 2s
                message_bytes: \(bytes)
          archive:
            format: jsonl
            to: {file: {path: \(archive), rotate: 1MiB, keep: 100}}
        """
    }

    var posting: String {
        """
        export:
          hec:
            format: ocsf
            to: {https: {url: "http://127.0.0.1:\(port)/", headers: {Authorization: {file: \(folder.path(percentEncoded: false))/token}}}}
        """
    }

    // MARK: Receivers

    func start(_ pair: TestPKI.Pair? = nil) async throws -> ChildProcess {
        let pair = pair ?? pki.server
        return try await launch(
            [
                Machine.client("syslog_receiver.py"), "\(port)", file.path(percentEncoded: false), "--tls",
                pair.certificate, pair.key, pki.authority.certificate, "--stall", stall.path(percentEncoded: false),
            ]
        )
    }

    func startHTTP(token: String) async throws -> ChildProcess {
        try await launch([Machine.client("http_receiver.py"), "\(port)", file.path(percentEncoded: false), token])
    }

    private func launch(_ arguments: [String]) async throws -> ChildProcess {
        let log = folder.appending(path: "receiver-\(UInt32.random(in: 0...UInt32.max)).log")
        let process = try ChildProcess(Machine.python, arguments, log: log)
        try await wait("the receiver to listen") { process.logText.contains("listening") }
        return process
    }

    // MARK: What arrived

    /// Whole lines alone: a receiver that was killed may have left half a one.
    var lines: [String] {
        let text = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().filter { !$0.isEmpty }.map {
            String($0)
        }
    }

    /// The archive's files, the oldest first.
    func files() throws -> [URL] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        func number(_ name: String) -> Int { Int(name.split(separator: ".").last ?? "") ?? 0 }
        return names.filter { $0.hasPrefix("archive.jsonl") }.sorted { number($0) > number($1) }.map {
            folder.appending(path: $0)
        }
    }

    func fileLines() throws -> [String] {
        try files().flatMap { try String(contentsOf: $0, encoding: .utf8).split(separator: "\n").map { String($0) } }
    }

    /// The records' identifiers in the order in which each came first.
    func identifiers(_ lines: [String]) -> [String] {
        var seen: Set<String> = []
        return lines.compactMap(ExportSite.identifier).filter { seen.insert($0).inserted }
    }

    /// Of RFC 5424's structured data, of a record as it is, of an OCSF event. Lines may be long: no regular expression.
    private static func identifier(_ line: String) -> String? {
        if line.hasPrefix("{\"id\":\"") { return String(line.dropFirst(7).prefix(26)) }
        let marks = line.hasPrefix("{") ? ["\"metadata\":{", "\"uid\":\""] : ["[countersign@", "id=\""]
        if let found = text(behind: marks, in: line) { return found }
        return text(behind: ["\"metadata\":{", "\"uid\":\""], in: line)
    }

    private static func text(behind marks: [String], in line: String) -> String? {
        var rest = line.startIndex..<line.endIndex
        for mark in marks {
            guard let found = line.range(of: mark, options: .literal, range: rest) else { return nil }
            rest = found.upperBound..<line.endIndex
        }
        return String(line[rest].prefix(26))
    }

    // MARK: Waiting

    func wait(_ what: String, until isTrue: () async throws -> Bool) async throws {
        try await Deadline.patient.wait(what) { try await isTrue() ? true : nil }
    }

    func status(_ gateway: GatewayProcess, _ name: String) async throws -> JSONValue {
        let output = try await gateway.countersign(["export", "status", "--json"]).checked().output
        let found = try output.split(separator: "\n").map { try JSONValue(parsing: $0) }
        return found.first { $0["name"] == .string(name) } ?? .null
    }

    /// Until both have what is in the ledger now, and the receiver has written it.
    func caughtUp(_ gateway: GatewayProcess) async throws {
        try await wait("the destinations to have everything") {
            for name in ["siem", "archive"] {
                let status = try await status(gateway, name)
                guard status["lag_records"] == 0, status["next"] != 0, status["connected"] == true else { return false }
            }
            return identifiers(lines).count >= identifiers(try fileLines()).count
        }
    }

    /// Small transactions until the gateway is killed, or for some seconds.
    func load(_ gateway: GatewayProcess, seconds: Int) async throws -> CommandResult {
        let script = try Leash.makeFolder("pgbench").appending(path: "export.sql")
        try "SELECT id FROM public.orders WHERE id = 7;\n".write(to: script, atomically: true, encoding: .utf8)
        let arguments = ["-n", "-c", "2", "-R", "200", "-T", "\(seconds)", "-f", script.path(percentEncoded: false)]
        return try await Command(try Machine.postgres("pgbench"), arguments, environment: gateway.environment()).run()
    }
}
