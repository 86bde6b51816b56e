import Foundation

/// The built product, run as an operator runs it.
struct GatewayProcess: Sendable {
    let configuration: GatewayConfiguration
    let process: ChildProcess

    static func start(_ configuration: GatewayConfiguration) async throws -> GatewayProcess {
        try await configuration.write()
        return try await run(configuration)
    }

    /// Starts it on the file and the data that are there already.
    static func run(_ configuration: GatewayConfiguration) async throws -> GatewayProcess {
        let log = configuration.folder.appending(path: "gateway-\(UInt32.random(in: 0...UInt32.max)).log")
        let process = try ChildProcess(
            Machine.countersign,
            ["serve", "--config", configuration.file.path(percentEncoded: false)],
            log: log
        )
        let gateway = GatewayProcess(configuration: configuration, process: process)
        try await Deadline.patient.wait("the gateway to listen") {
            if let status = process.exitStatus {
                throw HarnessError("the gateway ended with \(status): \(process.logText)")
            }
            return process.logText.contains(#""message":"listening""#) ? true : nil
        }
        return gateway
    }

    /// libpq's variables for a connection through the gateway, verify-full.
    func environment(
        _ role: String = "everything",
        token: String? = nil,
        database: String = "orders-db"
    ) throws -> [String: String] {
        [
            "PGHOST": "localhost", "PGPORT": "\(configuration.port)", "PGUSER": role,
            "PGPASSWORD": try token ?? configuration.issuer.token(), "PGDATABASE": database, "PGSSLMODE": "verify-full",
            "PGSSLROOTCERT": configuration.server.pki.authority.certificate,
        ]
    }

    /// Runs SQL with psql through the gateway; gives unaligned rows.
    func psql(
        _ sql: String,
        as role: String = "everything",
        token: String? = nil,
        database: String = "orders-db"
    ) async throws -> CommandResult {
        try await Command(
            Machine.postgres("psql"),
            ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-f", "-"],
            environment: environment(role, token: token, database: database),
            input: sql
        ).run()
    }

    /// Runs a command of the product on this gateway's data.
    func countersign(_ arguments: [String], timeout: Duration = .seconds(300)) async throws -> CommandResult {
        let data = ["COUNTERSIGN_DATA": configuration.data.path(percentEncoded: false)]
        return try await Command(Machine.countersign, arguments, environment: data, timeout: timeout).run()
    }

    /// What `audit search --json` finds, a value a line.
    func audit(_ filters: [String]) async throws -> [JSONValue] {
        let found = try await countersign(["audit", "search", "--json"] + filters).checked()
        return try found.output.split(separator: "\n").map { try JSONValue(parsing: $0) }
    }

    /// What the console answers: the status and the body.
    func console(_ path: String) async throws -> (status: Int, body: String) {
        let url = "http://127.0.0.1:\(configuration.consolePort)\(path)"
        let arguments = ["-sS", "--max-time", "120", "-w", "\n%{http_code}", url]
        let output = try await Command("curl", arguments).run().checked().output
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
    }

    /// A number of `/proc/PID/status` in KiB: `VmHWM`, the most memory that was ever resident; `VmRSS`, what is now.
    func memory(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") }),
            let number = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw HarnessError("no \(name) of process \(process.pid)") }
        return number
    }
}
