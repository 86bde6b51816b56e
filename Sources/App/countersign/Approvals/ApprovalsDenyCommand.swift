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

    @OptionGroup var options: AnswerOptions

    func run() async throws { try await options.give("deny") }
}
