internal import ArgumentParser

/// `countersign policy`
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Ask a configuration what it would decide, without a gateway or a target.",
        discussion: """
            Example:
              countersign policy explain --claims job.json --target orders-db \\
                --sql 'DELETE FROM orders'
            """,
        subcommands: [PolicyExplainCommand.self, PolicyTestCommand.self, PolicyCatalogCommand.self]
    )
}
