/// Claims in one normal form: which automation acts, in which run, for which commit, started by whom.
package struct Provenance: Hashable, Sendable {
    /// The fields, in the order of records.
    package enum Field: String, CaseIterable, Sendable {
        case pipeline, run, job, repository, commit, ref, environment, trigger
        case triggeredBy = "triggered_by"
        case runURL = "run_url"
    }

    private var values: [Field: String]

    package init(_ values: [Field: String] = [:]) {
        // Forgejo writes "" for a claim that is not set.
        self.values = values.filter { !$0.value.isEmpty }
    }

    package subscript(field: Field) -> String? {
        get { values[field] }
        set { values[field] = newValue?.isEmpty == true ? nil : newValue }
    }
}

extension JSONBytes {
    /// All fields, `null` where the issuer did not say.
    package mutating func append(_ provenance: Provenance) {
        appendRaw("{")
        for (index, field) in Provenance.Field.allCases.enumerated() {
            if index > 0 { appendRaw(",") }
            append(field.rawValue)
            appendRaw(":")
            append(provenance[field])
        }
        appendRaw("}")
    }
}
