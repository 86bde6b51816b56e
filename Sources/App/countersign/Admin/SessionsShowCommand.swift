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

    @Argument(help: ArgumentHelp("The session's id.", valueName: "session"))
    var session: IdentifierArgument

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        if let api = try gateway.api() { return try await show(api) }
        let directory = try gateway.data.directory()
        let printer = output.printer()
        let source = try AuditSource(directory)
        guard try SessionHistory.print(session.id, of: source, to: printer) else { throw unknown }
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
        var history = SessionHistory(printer)
        let pages = try await api.pages("/api/v1/sessions/\(session.id)")
        for page in pages {
            guard page.status != 404 else { throw unknown }
            guard page.status == 200, let members = page.members else {
                throw page.refusal.map { Failure($0) } ?? api.unexpected
            }
            for range in members.elements("records") { try history.add(Array(members.text.bytes[range])) }
        }
        try history.finish()
        if !output.json, pages.first?.members?.object("session")?.string("state") == "live" { try tellLife(printer) }
        try printer.flush()
    }

    private func tellLife(_ printer: Printer) throws {
        try printer.line()
        try printer.line(printer.style.paint("live", .green))
    }

    private var unknown: Failure { Failure("no session is \(session.id): see `countersign sessions list`") }
}
