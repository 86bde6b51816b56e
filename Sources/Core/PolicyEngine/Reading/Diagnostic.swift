/// What is wrong in a configuration file, and where. Safe to print: it never holds the value of a secret.
package struct Diagnostic: Error, Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// The file is refused.
        case error
        /// The file is accepted, but somebody should look.
        case warning
    }

    /// The file as the caller named it.
    package var file: String
    /// Counts from 1.
    package var line: Int
    /// Counts from 1, in Unicode scalars.
    package var column: Int
    package var severity: Severity
    package var message: String

    package init(file: String, line: Int, column: Int, severity: Severity, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.severity = severity
        self.message = message
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `FILE:LINE: message`, or `FILE:LINE: warning: message`.
    package var description: String {
        "\(file):\(line): \(severity == .warning ? "warning: " : "")\(message)"
    }
}
