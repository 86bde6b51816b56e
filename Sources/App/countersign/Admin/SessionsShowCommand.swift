internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign sessions show`
struct SessionsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a session, live or past: how it began, what it did, how it ended.",
        discussion: """
            With --json: the session's records in order, each a line.

            Example:  countersign sessions show 01JD4Y9Q3K8TZ6V5W2X1R0P7NM
            """
    )

    @Argument(help: ArgumentHelp("The session's id.", valueName: "session"), transform: IdentifierArgument.read)
    var session: IdentifierArgument

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        if let api = try gateway.api() { return try await show(api) }
        let directory = try gateway.data.directory()
        let printer = output.printer()
        let source = try AuditSource(directory)
        guard try SessionHistory.print(session.id, of: source, to: printer) else {
            try source.requireWhole()
            throw unknown
        }
        if !output.json {
            let live = try await LiveSessionList.fetchIfRunning(AdminClient(directory: directory))
            if live.contains(where: { $0.members.string("id") == session.id.description }) { try tellLife(printer) }
        }
        try printer.flush()
        try source.requireWhole()
    }

    /// What the gateway's index has; it may be behind its ledger by a moment.
    private func show(_ api: APIClient) async throws {
        let printer = output.printer()
        guard let lives = try await RemoteRecord(api: api).printSession(session.id, to: printer) else { throw unknown }
        if lives, !output.json { try tellLife(printer) }
        try printer.flush()
    }

    private func tellLife(_ printer: Printer) throws {
        try printer.line()
        try printer.line(printer.style.paint("live", .green))
    }

    private var unknown: Failure {
        Failure("no session is \(session.id): see `countersign audit search --kind session.opened`")
    }
}
