internal import AccessModel

/// MERGE.
extension ColumnWalk {
    mutating func merge(_ node: Int) throws(AnalysisRefusal) -> RangeOutput {
        try with(node)
        guard let from = tape.member(.sourceRelation, of: node), let clauses = tape.member(.mergeWhenClauses, of: node)
        else { throw .notUnderstood("MERGE") }
        let (source, item) = try target(of: node)
        // Which rows match is read, even where no column of the target is named.
        touch(source, .select)
        show([item], isLateralOnly: true)
        let read = try fromItem(from)
        show(read.visible, isLateralOnly: false)
        top.items[0].isLateralOnly = false
        if let condition = tape.member(.joinCondition, of: node) { try expressions(condition) }
        for clause in tape.children(of: clauses) {
            guard let node = tape.member(.mergeWhenClause, of: clause) else { throw .notUnderstood("MERGE") }
            try action(node, source)
        }
        return RangeOutput()
    }

    /// WHEN NOT MATCHED sees the source alone.
    private mutating func action(_ node: Int, _ source: Int) throws(AnalysisRefusal) {
        let held = top.items
        defer { top.items = held }
        if !tape.isTrue(.matched, of: node) { top.items.removeFirst() }
        if let condition = tape.member(.condition, of: node) { try expressions(condition) }
        switch tape.text(.commandType, of: node) {
        case "CMD_UPDATE": try assign(tape.member(.targetList, of: node), source, .update)
        case "CMD_INSERT": try insertion(node, source)
        case "CMD_DELETE": useWhole(source, .delete)
        case "CMD_NOTHING": break
        default: throw .notUnderstood("MERGE")
        }
    }

    private mutating func insertion(_ node: Int, _ source: Int) throws(AnalysisRefusal) {
        try assign(tape.member(.targetList, of: node), source, .insert)
        guard let values = tape.member(.values, of: node) else { return }
        try expressions(values)
        if tape.member(.targetList, of: node) == nil, let known = sources[source].known {
            uses.add(.insert, known.name, known.columns.prefix(tape.children(of: values).count).map(\.name))
        }
    }
}
