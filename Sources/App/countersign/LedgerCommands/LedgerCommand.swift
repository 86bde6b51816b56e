internal import ArgumentParser

/// `countersign ledger`
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Verify the ledger, prove its records to others, and handle its key and its blobs.",
        discussion: """
            Example:  countersign ledger verify --data /var/lib/countersign
            """,
        subcommands: [
            LedgerVerifyCommand.self, LedgerCheckpointCommand.self, LedgerProveCommand.self, LedgerKeyCommand.self,
            LedgerEraseCommand.self, LedgerMonitorCommand.self, WitnessCommand.self,
        ]
    )
}
