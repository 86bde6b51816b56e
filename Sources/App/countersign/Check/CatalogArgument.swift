internal import ArgumentParser

/// `TARGET=FILE`: the file with the catalog of a target's database.
struct CatalogArgument: ExpressibleByArgument {
    var target: String
    var file: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        (target, file) = (parts[0], parts[1])
    }
}
