import AccessModel

extension Configuration {
    func lint(into sink: DiagnosticSink) {}
}
