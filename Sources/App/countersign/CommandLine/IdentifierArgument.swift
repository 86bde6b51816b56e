internal import AccessModel
internal import ArgumentParser

/// A session's or a record's id on the command line: 26 characters, in either case.
struct IdentifierArgument: ExpressibleByArgument {
    var id: ULID

    init?(argument: String) {
        guard let id = ULID(argument) else { return nil }
        self.id = id
    }
}
