internal import ArgumentParser

/// `countersign approvals`
struct ApprovalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals",
        abstract: "List, show and answer what waits for a person, and ask for it.",
        discussion: """
            Example:  countersign approvals list --data /var/lib/countersign
            """,
        subcommands: [
            ApprovalsListCommand.self, ApprovalsShowCommand.self, ApprovalsApproveCommand.self,
            ApprovalsDenyCommand.self, ApprovalsRequestCommand.self,
        ]
    )
}
