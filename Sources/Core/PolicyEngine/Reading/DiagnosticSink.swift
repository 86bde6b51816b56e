/// Where the readers of one file leave what they find. One reading, one sink, one thread.
final class DiagnosticSink {
    /// A file that is wrong everywhere is told about its first errors.
    static let maximum = 200

    let file: String
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var hasErrors = false

    init(file: String) {
        self.file = file
    }

    func report(_ severity: Diagnostic.Severity, at place: Place, _ message: String) {
        if severity == .error { hasErrors = true }
        guard diagnostics.count < DiagnosticSink.maximum else { return }
        diagnostics.append(
            Diagnostic(
                file: file,
                line: place.line,
                column: place.column,
                severity: severity,
                message: message
            )
        )
    }

    /// In the order of the file.
    var sorted: [Diagnostic] {
        diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }
}
