internal import ArgumentParser
internal import AuditLog

/// `countersign approvals show`
struct ApprovalsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a command that waits: the statement, its effects, who asks and why.",
        discussion: """
            Example:  countersign approvals show 01JD4Y9Q3K8TZ6V5W2X1R0P7NM
            """
    )

    @Argument(help: ArgumentHelp("The approval's id.", valueName: "approval"), transform: IdentifierArgument.read)
    var approval: IdentifierArgument

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let entry = try await ApprovalList.find(approval.id, try gateway.access())
        let printer = output.printer()
        if output.json { try printer.object(entry.text) } else { try ApprovalView(entry).print(to: printer) }
        try printer.flush()
    }
}
