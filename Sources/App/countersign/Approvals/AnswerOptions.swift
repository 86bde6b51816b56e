internal import ArgumentParser

/// What `approvals approve` and `approvals deny` take alike.
struct AnswerOptions: ParsableArguments {
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

    /// `verb`: `approve` or `deny`.
    func give(_ verb: String) async throws {
        try await ApprovalAnswer(verb: verb, id: approval?.id, wait: .seconds(wait), reason: reason)
            .give(try gateway.access(), output.printer(), json: output.json)
    }
}
