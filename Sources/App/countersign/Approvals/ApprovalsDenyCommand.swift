internal import ArgumentParser

/// `countersign approvals deny`
struct ApprovalsDenyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deny",
        abstract: "Refuse a command that waits; its client gets the reason.",
        discussion: """
            With --url or COUNTERSIGN_URL you answer as whom you have logged in (countersign login). Through the admin socket \
            the answer is the local operator's, whom the grant must name: approvers: [local].

            Example:  countersign approvals deny 01JD4Y9Q3K8TZ6V5W2X1R0P7NM --reason "not before the audit"
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The approval's id; it may be left out where one command alone waits.",
            valueName: "approval"
        ),
        transform: IdentifierArgument.read
    )
    var approval: IdentifierArgument?

    @Option(
        help: ArgumentHelp("How long to wait for a command that waits, where no id is given.", valueName: "seconds")
    )
    var wait: UInt16 = 0

    @Option(help: "Why; it is recorded, and the client sees it.")
    var reason: String?

    @OptionGroup var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ApprovalAnswer(verb: "deny", id: approval?.id, wait: .seconds(wait), reason: reason)
            .give(try gateway.access(), output.printer(), json: output.json)
    }
}
