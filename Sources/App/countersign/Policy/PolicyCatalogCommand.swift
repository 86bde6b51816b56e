internal import ArgumentParser
internal import PostgresGateway

/// `countersign policy catalog`
struct PolicyCatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Print the SQL whose output is a database's catalog, for policy explain and check.",
        discussion: """
            The same questions as a gateway asks: names and types of relations, columns, functions and operators, never \
            a row. psql asks them, with a login of your own; any role that may connect will do.

            Example:
              countersign policy catalog | psql -XqAt "service=orders" > orders.catalog
            """
    )

    func run() {
        print(CatalogFile.question)
    }
}
