/// What ends a command with exit 1: one line that says what and what to do.
struct Failure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
