internal import ArgumentParser

/// `countersign approvals approve`
struct ApprovalsApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Let a command that waits run, once, as it was shown.",
        discussion: """
            With --url or COUNTERSIGN_URL you answer as whom you have logged in (countersign login). Through the admin socket \
            the answer is the local operator's, whom the grant must name: approvers: [local].

            Example:  countersign approvals approve 01JD4Y9Q3K8TZ6V5W2X1R0P7NM --reason "checked the backup"
            """
    )

    @OptionGroup var options: AnswerOptions

    func run() async throws { try await options.give("approve") }
}
