internal import PolicyEngine

/// A configuration that is not put in force: every error with its place.
struct ConfigurationRefusal: Error, CustomStringConvertible {
    var diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics.filter { $0.severity == .error }
    }

    /// The first error, and how many more there are.
    var description: String {
        guard let first = diagnostics.first else { return "the configuration was refused" }
        let more = diagnostics.count - 1
        return "\(first)" + (more > 0 ? " (and \(more) more: see countersign check)" : "")
    }
}
