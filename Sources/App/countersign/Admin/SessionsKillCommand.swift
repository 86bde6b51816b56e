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

    @Argument(help: ArgumentHelp("The session's id.", valueName: "session"), transform: IdentifierArgument.read)
    var session: IdentifierArgument

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try gateway.access()
        let answer = try await client.kill(session.id)
        switch answer.status {
        case 200: break
        case 404: throw Failure("no live session is \(session.id): see `countersign sessions list`")
        default: throw answer.refusal.map { Failure($0) } ?? client.unexpected
        }
        let printer = output.printer()
        if output.json { try printer.object(answer.body) } else { try printer.line("session \(session.id) was ended") }
        try printer.flush()
    }
}
