internal import ArgumentParser

/// `countersign ledger`
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Verify the ledger, and handle its key and its blobs.",
        discussion: """
            Example:  countersign ledger verify --data /var/lib/countersign
            """,
        subcommands: [LedgerVerifyCommand.self, LedgerKeyCommand.self, LedgerEraseCommand.self]
    )
}
