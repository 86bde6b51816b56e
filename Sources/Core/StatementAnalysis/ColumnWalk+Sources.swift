internal import AccessModel

/// The relations that a statement reads or changes.
extension ColumnWalk {
    /// Looks a relation up; the answer is its place in `sources`.
    mutating func source(_ name: ObjectName) throws(AnalysisRefusal) -> Int {
        guard let match = names.relation(name) else { throw .unknownName("\(name)", state: "42P01") }
        sources.append(match)
        return sources.count - 1
    }

    /// It is used, whatever columns are named.
    mutating func touch(_ source: Int, _ action: Action) {
        if let known = sources[source].known { uses.add(action, known.name, EmptyCollection()) }
        for name in sources[source].made { uses.addWhole(action, name) }
    }

    mutating func useWhole(_ source: Int, _ action: Action) {
        if let known = sources[source].known { uses.addWhole(action, known.name) }
        for name in sources[source].made { uses.addWhole(action, name) }
    }

    /// It is used by these columns, which it must have.
    mutating func use(_ source: Int, _ action: Action, _ columns: [String]) throws(AnalysisRefusal) {
        if let known = sources[source].known {
            if !sources[source].isOpen, let missing = columns.first(where: { !known.has($0) }) {
                throw .unknownName(missing)
            }
            uses.add(action, known.name, columns)
        }
        for name in sources[source].made { uses.add(action, name, columns) }
    }
}

extension CatalogRelation {
    func has(_ column: String) -> Bool {
        columns.contains { $0.name == column }
    }

    /// Views and composite types have none.
    var hasSystemColumns: Bool {
        kind != .view && kind != .composite
    }
}
