internal import ArgumentParser

/// `countersign export`
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "The continuous export of events to other systems.",
        discussion: """
            Destinations are configured under `export:`. For a file of past records see `countersign audit export`.

            Example:  countersign export status --data /var/lib/countersign
            """,
        subcommands: [ExportStatusCommand.self]
    )
}
