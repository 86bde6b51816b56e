internal import ArgumentParser
internal import Foundation

/// `countersign quickstart`
struct QuickstartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quickstart",
        abstract: "Start a throwaway PostgreSQL, a demo issuer and a gateway between them.",
        discussion: """
            Everything runs in one process tree and keeps its files in one folder. When it is up it prints the lines to \
            paste into another terminal. Ctrl-C ends it; the next start goes on with the same data.

            Example:  countersign quickstart --fresh
            """,
        subcommands: [QuickstartTokenCommand.self]
    )

    @Option(name: .long, help: "The folder for everything that it writes (or COUNTERSIGN_DATA).")
    var data: String = ProcessInfo.processInfo.environment["COUNTERSIGN_DATA"] ?? "quickstart-data"

    @Flag(name: .long, help: "Delete the data of earlier starts first, the ledger too.")
    var fresh = false

    @Option(name: .long, help: "The gateway's port (default: as at the last start, 7432 at the first).")
    var port: Int?

    @Option(name: .long, help: "PostgreSQL's port (default: as at the last start, 7433 at the first).")
    var postgresPort: Int?

    @Option(name: .long, help: "The console's port (default: as at the last start, 7480 at the first).")
    var consolePort: Int?

    @Option(name: .long, help: "The demo issuer's port (default: as at the last start, 7481 at the first).")
    var issuerPort: Int?

    func validate() throws {
        for port in [port, postgresPort, consolePort, issuerPort] {
            guard let port else { continue }
            guard (1...65_535).contains(port) else { throw ValidationError("a port is 1 to 65535, not \(port)") }
        }
    }

    func run() async throws {
        let folder = try QuickstartFolder.open(data)
        var settings = folder.settings
        settings.ports.gateway = port ?? settings.ports.gateway
        settings.ports.postgres = postgresPort ?? settings.ports.postgres
        settings.ports.console = consolePort ?? settings.ports.console
        settings.ports.issuer = issuerPort ?? settings.ports.issuer
        try await Quickstart(settings: settings, isFresh: fresh).run(in: folder)
    }
}
