internal import ArgumentParser
internal import AuditLog
internal import TransparencyLog

/// `countersign ledger key`
struct LedgerKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Print the key that the ledger's checkpoints are verified with.",
        discussion: """
            A verifier key in the form of signed notes (C2SP): NAME+ID+KEY. Give it to whoever verifies: auditors, \
            witnesses, monitors. After a rotation every key is printed, the one in use last.

            Example:  countersign ledger key --data /var/lib/countersign
            """,
        subcommands: [LedgerKeyShowCommand.self, LedgerKeyRotateCommand.self],
        defaultSubcommand: LedgerKeyShowCommand.self
    )
}
