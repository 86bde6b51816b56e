internal import ArgumentParser

/// `countersign sessions`
struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "List, show and end sessions.",
        discussion: """
            Example:  countersign sessions list --data /var/lib/countersign
            """,
        subcommands: [SessionsListCommand.self, SessionsShowCommand.self, SessionsKillCommand.self]
    )
}
