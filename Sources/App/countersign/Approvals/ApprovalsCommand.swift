internal import ArgumentParser

/// `countersign approvals`
struct ApprovalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals",
        abstract: "List, show and answer commands that wait for a person.",
        discussion: """
            Example:  countersign approvals list --data /var/lib/countersign
            """,
        subcommands: [
            ApprovalsListCommand.self, ApprovalsShowCommand.self, ApprovalsApproveCommand.self,
            ApprovalsDenyCommand.self,
        ]
    )
}
