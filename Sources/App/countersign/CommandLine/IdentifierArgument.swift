internal import AccessModel
internal import ArgumentParser

/// A session's or a record's id on the command line: 26 characters, in either case.
struct IdentifierArgument: ExpressibleByArgument {
    var id: ULID

    init?(argument: String) {
        guard let id = ULID(argument) else { return nil }
        self.id = id
    }

    /// Says what an id looks like where one is not: for `@Argument` and `@Option`.
    @Sendable
    static func read(_ text: String) throws -> IdentifierArgument {
        guard let read = IdentifierArgument(argument: text) else {
            throw ValidationError(
                "'\(text.onOneLine.prefix(64))' is no id: one has 26 letters and digits, such as 01JD4Y9Q3K8TZ6V5W2X1R0P7NM"
            )
        }
        return read
    }
}
