internal import ArgumentParser
internal import Console
internal import Foundation
internal import Logging
internal import NIOSSL
internal import PolicyEngine
internal import ServiceLifecycle
internal import TransparencyLog
internal import UnixSignals
internal import Witnessing

/// `countersign ledger witness run`, which is also `countersign ledger witness`
struct WitnessRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a witness.",
        discussion: """
            The first run makes its key and its memory in --data; both stay together, and neither is ever restored from a \
            backup. SIGTERM ends it. It speaks the C2SP protocol tlog-witness: POST /add-checkpoint.
            """
    )

    @Option(
        name: .long,
        help: ArgumentHelp("The witness's data directory; made where there is none.", valueName: "dir")
    )
    var data: String

    @Option(name: .long, help: "The witness's name, a URL without its scheme; needed the first time.")
    var name: String?

    @Option(name: .long, help: ArgumentHelp("HOST:PORT; without TLS a loopback address.", valueName: "address"))
    var listen: String

    @Option(
        name: .long,
        help: ArgumentHelp("The verifier key of a log to witness; may be given again.", valueName: "vkey")
    )
    var log: [String] = []

    @Option(name: .long, help: ArgumentHelp("A file of such keys, one a line; # begins a comment.", valueName: "file"))
    var logs: String?

    @Option(name: .long, help: ArgumentHelp("The TLS certificate, PEM, leaf first.", valueName: "file"))
    var certificate: String?

    @Option(name: .long, help: ArgumentHelp("The certificate's private key, PEM.", valueName: "file"))
    var key: String?

    @Option(name: .long, help: "The least level that is logged: trace, debug, info, notice, warning, error.")
    var logLevel: String = "info"

    mutating func validate() throws {
        guard let address = NetworkAddress(listen) else {
            throw ValidationError("--listen: expected HOST:PORT or [IPV6]:PORT")
        }
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key belong together")
        }
        guard certificate != nil || address.isLoopback else {
            throw ValidationError("without --certificate and --key only a loopback address is listened on")
        }
        guard !log.isEmpty || logs != nil else { throw ValidationError("give at least one --log, or --logs") }
        guard Logger.Level(rawValue: logLevel) != nil else { throw ValidationError("no such log level: \(logLevel)") }
    }

    func run() async throws {
        // Whatever this process makes is its owner's alone.
        umask(0o077)
        guard let address = NetworkAddress(listen) else { throw ValidationError("--listen: expected HOST:PORT") }
        var logger = Logger(label: "countersign") { _ in JSONLogHandler() }
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        let trusted = try trustedLogs()
        let home = try WitnessHome(folder: data, name: name)
        let witness = try ServedWitness(home: home, logs: trusted, logger: logger)
        let server = try WitnessServer(
            host: address.host,
            port: address.port,
            tls: try tls(),
            endpoint: witness.endpoint,
            logger: logger,
            onListening: { [logger] port in
                logger.notice(
                    "witnessing",
                    metadata: [
                        "address": "\(address.host):\(port)", "key": "\(witness.key)",
                        "logs": "\(trusted.origins.joined(separator: " "))", "version": "\(Version.current)",
                    ]
                )
            }
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch {
            throw Failure.listening(on: listen, option: "--listen", error)
        }
    }

    private func trustedLogs() throws -> TrustedLogs {
        var texts = log
        if let logs {
            guard let data = FileManager.default.contents(atPath: logs),
                let text = String(validating: data, as: UTF8.self)
            else { throw Failure("\(logs) cannot be read") }
            texts += text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        }
        guard !texts.isEmpty else { throw Failure("no log to witness: \(logs ?? "--log") names none") }
        return try TrustedLogs(verifierKeys: texts)
    }

    private func tls() throws -> TLSConfiguration? {
        guard let certificate, let key else { return nil }
        let folder = FileManager.default.currentDirectoryPath
        return try ConfigurationResolver(path: "\(folder)/-").serverTLS(certificate: certificate, key: .file(key))
    }
}

extension TrustedLogs {
    /// From their text. Throws `Failure` that shows which one is none.
    init(verifierKeys texts: [String]) throws {
        let keys = try texts.map { text in
            do throws(NoteError) {
                return try NoteVerifierKey(text)
            } catch {
                throw Failure("`\(text.prefix(80))`: \(error)")
            }
        }
        do throws(NoteError) {
            try self.init(keys)
        } catch {
            throw Failure("a log's key is expected, as `countersign ledger key` prints it: \(error)")
        }
    }
}
