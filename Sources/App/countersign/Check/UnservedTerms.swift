internal import AccessModel
internal import PolicyEngine

/// What a configuration can say and this version does not carry out: accepted, it would be a promise that nobody keeps.
struct UnservedTerms {
    let configuration: Configuration
    let file: String

    var diagnostics: [Diagnostic] {
        configuration.roles.flatMap { role in
            role.grants.flatMap { faults(of: $0) }
                + (role.literals == .redacted ? [fault("record: {literals: redacted}", role.place)] : [])
        }
    }

    private func faults(of grant: Grant) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        if grant.obligations.rowsChanged != nil { faults.append(fault("limit: {rows_changed: …}", grant.place)) }
        if !grant.obligations.detectors.isEmpty { faults.append(fault("detect", grant.place)) }
        return faults
    }

    private func fault(_ term: String, _ place: Place) -> Diagnostic {
        Diagnostic(
            file: file,
            line: place.line,
            column: place.column,
            severity: .error,
            message: "`\(term)` is not carried out by this version: take it out"
        )
    }
}
