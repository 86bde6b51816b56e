internal import AccessModel
internal import ArgumentParser
internal import AuditLog

/// `countersign sessions kill`
struct SessionsKillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill",
        abstract: "End a live session.",
        discussion: """
            The client's connection ends at once, and so does the one to the target; what was running is cancelled. The \
            ledger tells why the session ended.

            Example:  countersign sessions kill 01JD4Y9Q3K8TZ6V5W2X1R0P7NM
            """
    )

    @Argument(help: ArgumentHelp("The session's id.", valueName: "session"))
    var session: IdentifierArgument

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = AdminClient(directory: try data.directory())
        let answer = try await client.post("/sessions/\(session.id)/kill")
        switch answer.status {
        case 200: break
        case 404: throw Failure("no live session is \(session.id): see `countersign sessions list`")
        default: throw client.unexpected
        }
        let printer = output.printer()
        if output.json { try printer.object(answer.body) } else { try printer.line("session \(session.id) was ended") }
        try printer.flush()
    }
}
