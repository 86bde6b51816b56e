internal import AccessModel

/// WITH queries: seen by their names, walked once.
extension ColumnWalk {
    private static var visibleLimit: Int { 256 }

    /// Walks the WITH list of the innermost query, which has no items yet, and shows its names.
    ///
    /// WITH RECURSIVE shows every name to every query of its list, WITH shows the earlier ones to the later ones.
    mutating func with(_ node: Int) throws(AnalysisRefusal) {
        guard let clause = tape.member(.withClause, of: node) else { return }
        guard let list = tape.member(.ctes, of: clause) else { throw .notUnderstood("WITH") }
        let queries = tape.children(of: list).compactMap { tape.member(.commonTableExpr, of: $0) }.map {
            WithQuery(name: tape.text(.ctename, of: $0) ?? "", node: $0)
        }
        let visible = levels.reduce(queries.count) { $0 + $1.queries.count }
        guard visible <= ColumnWalk.visibleLimit else { throw .tooDeep }
        let level = levels.count - 1
        let isRecursive = tape.isTrue(.recursive, of: clause)
        if isRecursive { levels[level].queries = queries }
        for (index, query) in queries.enumerated() {
            if isRecursive {
                try run(level, index)
            } else {
                let output = try self.output(of: query.node, recursion: nil)
                var query = query
                query.output = output
                levels[level].queries.append(query)
            }
        }
    }

    /// The columns of the WITH query that a name means here; nil where it means none.
    mutating func withQuery(_ name: String) throws(AnalysisRefusal) -> RangeOutput? {
        for level in levels.indices.reversed() {
            guard let index = levels[level].queries.firstIndex(where: { $0.name == name }) else { continue }
            if levels[level].queries[index].output == nil { try run(level, index) }
            return levels[level].queries[index].output
        }
        return nil
    }

    /// Walks a query of WITH RECURSIVE, which an earlier one may have asked for: where its list stands.
    private mutating func run(_ level: Int, _ index: Int) throws(AnalysisRefusal) {
        let query = levels[level].queries[index]
        guard query.output == nil else { return }
        // A query that needs itself before it has columns, or two that need each other: PostgreSQL refuses them.
        guard !query.isRunning else { throw .unknownName(query.name, state: "42P01") }
        levels[level].queries[index].isRunning = true
        let inner = Array(levels[(level + 1)...])
        levels.removeLast(inner.count)
        defer { levels += inner }
        let output = try self.output(of: query.node, recursion: index)
        levels[level].queries[index].output = output
    }

    /// What a query of the innermost level's list gives; `recursion` is its place there, where it may name itself.
    private mutating func output(of node: Int, recursion: Int?) throws(AnalysisRefusal) -> RangeOutput {
        guard let query = tape.node(.ctequery, of: node) else { throw .notUnderstood("WITH") }
        var output = try self.query(query, recursion: recursion).renamed(aliases(of: node))
        for key in [SyntaxKey.searchColumn, .cycleMark, .cyclePath] {
            for index in tape.inside(node) where tape[index].key == key { output.names.append(tape.string(index)) }
        }
        return output
    }

    /// Shows the first arm's columns to the second one, which may name its own query.
    mutating func recurse(_ index: Int, _ output: RangeOutput) {
        let level = levels.count - 2
        guard level >= 0, levels[level].queries.indices.contains(index) else { return }
        levels[level].queries[index].output = output.renamed(aliases(of: levels[level].queries[index].node))
    }

    private func aliases(of node: Int) -> [String] {
        tape.member(.aliascolnames, of: node).map { tape.names(in: $0) } ?? []
    }
}
