/// How a command ended, and all that it wrote.
struct CommandResult: Sendable {
    var command: String
    /// The exit status; 128 and the signal's number for a command that a signal ended, as a shell says it.
    var status: Int32
    var output: String
    var errors: String
    var isTimedOut: Bool

    /// Throws, with what the command wrote, unless it exited with 0.
    @discardableResult
    func checked() throws -> CommandResult {
        guard status == 0, !isTimedOut else { throw HarnessError(description) }
        return self
    }
}

extension CommandResult: CustomStringConvertible {
    var description: String {
        let end = isTimedOut ? "was ended after its time" : "exited with \(status)"
        return "\(command) \(end)\n--- output\n\(output.suffix(4000))\n--- errors\n\(errors.suffix(4000))"
    }
}
