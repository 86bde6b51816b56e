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

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let directory = try data.directory()
        let printer = output.printer()
        let history = SessionHistory(source: try AuditSource(directory), session: session.id)
        guard try history.print(to: printer) else {
            throw Failure("no session is \(session.id): see `countersign sessions list`")
        }
        if !output.json { try await tellWhetherLive(directory, printer) }
        try printer.flush()
        try history.source.requireWhole()
    }

    private func tellWhetherLive(_ directory: DataDirectory, _ printer: Printer) async throws {
        let live = try await LiveSessionList.fetchIfRunning(AdminClient(directory: directory))
        guard live.contains(where: { $0.members.string("id") == session.id.description }) else { return }
        try printer.line()
        try printer.line(printer.style.paint("live", .green))
    }
}
