internal import ArgumentParser
internal import Foundation
internal import Logging

/// `countersign serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the gateway.",
        discussion: """
            SIGHUP reads the configuration again: the new policy is in force at once, or, where the file has an error, \
            the old one stays. SIGTERM drains: no new session, live ones end between commands, at most 30 seconds.

            Example:  countersign serve --config /etc/countersign/countersign.yaml
            """
    )

    @Option(name: .long, help: "The configuration file (or COUNTERSIGN_CONFIG).")
    var config: String?

    @Option(name: .long, help: "The least level that is logged: trace, debug, info, notice, warning, error.")
    var logLevel: String = "info"

    func run() async throws {
        guard let level = Logger.Level(rawValue: logLevel) else {
            throw ValidationError("no such log level: \(logLevel)")
        }
        // Whatever this process makes is its owner's alone: ledger, index, socket.
        umask(0o077)
        FileLimit.raise()
        let path = try ConfigurationFile.path(given: config)
        var logger = Logger(label: "countersign") { _ in JSONLogHandler() }
        logger.logLevel = level
        let gateway = try Gateway(configurationFile: path, logger: logger)
        try await gateway.run { [logger] addresses in
            logger.notice(
                "listening",
                metadata: [
                    "postgres": "\(addresses.postgres ?? "-")", "console": "\(addresses.console ?? "-")",
                    "version": "\(Version.current)",
                ]
            )
        }
    }
}
