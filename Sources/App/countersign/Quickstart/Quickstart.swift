internal import Foundation
internal import Logging

/// The whole of a quickstart, in the order in which its parts start; they end in the opposite order.
struct Quickstart {
    /// As asked for.
    let settings: QuickstartSettings
    /// Whether what earlier starts left is deleted.
    let isFresh: Bool

    func run(in folder: QuickstartFolder) async throws {
        var folder = folder
        // Root's folder may be entered by PostgreSQL's user, so by everybody: nothing in it may be readable.
        umask(0o077)
        FileLimit.raise()
        let postgres = try DemoPostgres(folder: folder)
        try DemoPostgres.stopStray(in: folder)
        // Before anything is deleted.
        try settings.ports.check()
        if isFresh { try folder.empty() }
        let now = Date()
        try DemoCertificates.prepare(in: folder, now: now)
        let settings = try QuickstartConfiguration.prepare(in: folder, settings: settings, now: now)
        let issuer = try DemoIssuer.prepare(in: folder, port: settings.ports.issuer)
        try await postgres.prepare(saying: Quickstart.say)
        Quickstart.say("starting PostgreSQL, the demo issuer and the gateway…")
        let database = try await postgres.start(port: settings.ports.postgres)
        do {
            let site = try await DemoIssuerServer.start(issuer, port: settings.ports.issuer)
            try await serve(settings, in: folder, beside: database)
            await site.stop()
        } catch {
            await database.stop()
            throw error
        }
        Quickstart.say("stopping PostgreSQL…")
        await database.stop()
        Quickstart.say(
            "stopped. The ledger needs no gateway: `countersign audit search`, `ledger verify` with --data \(folder.path)"
        )
    }

    /// Runs the gateway until a signal ends it, or PostgreSQL ends.
    private func serve(
        _ settings: QuickstartSettings,
        in folder: QuickstartFolder,
        beside database: ChildServer
    ) async throws {
        var logger = Logger(label: "countersign") { _ in JSONLogHandler() }
        logger.logLevel = .warning
        let gateway = try Gateway(configurationFile: folder.file(QuickstartConfiguration.file), logger: logger)
        let log = folder.file("postgres.log")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await gateway.run { Quickstart.greet(folder, settings, $0, gateway.core) }
            }
            group.addTask {
                let status = try await database.waitForEnd()
                throw Failure("PostgreSQL ended with \(status): see \(log)")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private static func greet(
        _ folder: QuickstartFolder,
        _ settings: QuickstartSettings,
        _ addresses: GatewayAddresses,
        _ core: GatewayCore
    ) {
        let greeting = QuickstartGreeting(
            folder: folder,
            settings: settings,
            addresses: addresses,
            loginLink: try? core.loginLink().get(),
            program: CommandLine.arguments.first ?? "countersign",
            currentFolder: FileManager.default.currentDirectoryPath
        )
        // Not `print`, which keeps it back when standard output is no terminal.
        FileHandle.standardOutput.write(Data(greeting.text.utf8))
    }

    /// Progress, for people.
    private static func say(_ line: String) {
        Terminal.complain("quickstart: \(line)")
    }
}
