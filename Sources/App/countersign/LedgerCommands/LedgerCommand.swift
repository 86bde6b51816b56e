internal import ArgumentParser

/// `countersign ledger`
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Verify the ledger, and prove its records to others.",
        discussion: """
            Example:  countersign ledger verify --data /var/lib/countersign
            """,
        subcommands: [LedgerVerifyCommand.self, LedgerCheckpointCommand.self, LedgerProveCommand.self]
    )
}
