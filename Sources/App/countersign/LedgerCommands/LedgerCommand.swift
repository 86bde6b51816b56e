internal import ArgumentParser

/// `countersign ledger`
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Verify the ledger.",
        discussion: """
            Example:  countersign ledger verify --data /var/lib/countersign
            """,
        subcommands: [LedgerVerifyCommand.self, WitnessCommand.self, LedgerMonitorCommand.self]
    )
}
