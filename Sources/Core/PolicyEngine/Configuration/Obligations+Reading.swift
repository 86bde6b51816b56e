import AccessModel

extension Obligations {
    /// `limit`: what one command may return, change and take.
    static func readLimit(_ field: Field) -> Obligations? {
        guard var map = MappingReader(field) else { return nil }
        let rows = 1...1_000_000_000_000
        var limit = Obligations()
        limit.rowsChanged = map.optional("rows_changed") { $0.integer(in: rows) }
        limit.rowsReturned = map.optional("rows_returned") { $0.integer(in: rows) }
        limit.statementTime = map.optional("statement_time") { $0.duration(in: .seconds(1)...(.seconds(86_400))) }
        map.finish()
        guard map.has("rows_changed") || map.has("rows_returned") || map.has("statement_time") else {
            return field.fail("bounds nothing: give rows_changed, rows_returned or statement_time")
        }
        return limit
    }

    /// `detect`: what is looked for in returned values.
    static func readDetectors(_ field: Field) -> [SensitiveKind: DetectorResponse]? {
        let names = SensitiveKind.allCases.map(\.rawValue)
        let pairs = MappingReader.entries(of: field) { key, place, field -> (SensitiveKind, DetectorResponse)? in
            guard let kind = SensitiveKind(rawValue: key) else {
                let suggestion = NearestWord.suggestion(for: key, in: names)
                let all = suggestion.isEmpty ? "; there is \(names.joined(separator: ", "))" : suggestion
                field.report("there is no such detector\(all)", at: place)
                return nil
            }
            return field.choice(DetectorResponse.self).map { (kind, $0) }
        }
        return pairs.map { Dictionary($0) { $1 } }
    }
}

extension LiteralRecording {
    /// `record` of a role.
    static func read(_ field: Field) -> LiteralRecording? {
        guard var map = MappingReader(field) else { return nil }
        let literals = map.required("literals") { $0.choice(LiteralRecording.self) }
        map.finish()
        return literals
    }
}
