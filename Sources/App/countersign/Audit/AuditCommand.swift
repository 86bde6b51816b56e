internal import ArgumentParser

/// `countersign audit`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Search, show, follow and export the records of the ledger.",
        discussion: """
            Works on the files, beside a running gateway or without one; with --url, or COUNTERSIGN_URL, through a console, as
            whom `countersign login` left.

            Example:  countersign audit search --commit 69a2c3d4e5f6 --json
            """,
        subcommands: [
            AuditSearchCommand.self, AuditShowCommand.self, AuditTailCommand.self, AuditExportCommand.self,
            AuditDigestCommand.self,
        ]
    )
}
