internal import AccessModel

/// INSERT, UPDATE and DELETE.
extension ColumnWalk {
    mutating func insert(_ node: Int) throws(AnalysisRefusal) -> RangeOutput {
        try with(node)
        let (source, item) = try target(of: node)
        touch(source, .insert)
        // The rows that are inserted cannot see the target.
        var width: Int?
        if let rows = tape.node(.insertedQuery, of: node) {
            let output = try query(rows)
            width = output.isOpen ? nil : output.names.count
        } else {
            width = 0
        }
        let columns = try assigned(tape.member(.cols, of: node))
        show([item], isLateralOnly: false)
        if let columns {
            try use(source, .insert, columns)
        } else if let known = sources[source].known {
            uses.add(.insert, known.name, known.columns.prefix(width ?? known.columns.count).map(\.name))
        }
        if let conflict = tape.member(.onConflictClause, of: node) { try self.conflict(conflict, source, item) }
        return try targets(tape.member(.returningList, of: node))
    }

    private mutating func conflict(_ node: Int, _ source: Int, _ item: RangeItem) throws(AnalysisRefusal) {
        if let infer = tape.member(.infer, of: node) { try inference(infer, source, item) }
        guard let action = tape.member(.action, of: node), !tape.isString(action, "ONCONFLICT_NOTHING") else { return }
        // The row that was to be inserted: PostgreSQL asks for SELECT on what is taken from it too.
        var excluded = item
        (excluded.name, excluded.relation, excluded.systemColumns) = ("excluded", nil, nil)
        for (index, column) in (sources[source].known?.columns ?? []).enumerated() {
            excluded.columns[index].name = column.name
        }
        let held = top.items.count
        show([excluded], isLateralOnly: false)
        try assign(tape.member(.targetList, of: node), source, .update)
        if let clause = tape.member(.whereClause, of: node) { try expressions(clause) }
        top.items.removeLast(top.items.count - held)
    }

    /// The columns that a conflict is looked for in are read. Which ones a constraint has is not known here: all.
    private mutating func inference(_ node: Int, _ source: Int, _ item: RangeItem) throws(AnalysisRefusal) {
        touch(source, .select)
        if tape.member(.conname, of: node) != nil { readAll(item) }
        let elements = tape.member(.indexElems, of: node).map { tape.children(of: $0) } ?? []
        for element in elements {
            guard let index = tape.member(.indexElem, of: element) else { throw .notUnderstood("ON CONFLICT") }
            if let name = tape.text(.name, of: index) { try use(source, .select, [name]) }
            try expressions(index)
        }
        if let clause = tape.member(.whereClause, of: node) { try expressions(clause) }
    }

    mutating func update(_ node: Int) throws(AnalysisRefusal) -> RangeOutput {
        try with(node)
        let (source, item) = try target(of: node)
        touch(source, .update)
        show([item], isLateralOnly: true)
        try from(tape.member(.fromClause, of: node))
        top.items[0].isLateralOnly = false
        try assign(tape.member(.targetList, of: node), source, .update)
        if let clause = tape.member(.whereClause, of: node) { try expressions(clause) }
        return try targets(tape.member(.returningList, of: node))
    }

    mutating func delete(_ node: Int) throws(AnalysisRefusal) -> RangeOutput {
        try with(node)
        let (source, item) = try target(of: node)
        useWhole(source, .delete)
        show([item], isLateralOnly: true)
        try from(tape.member(.usingClause, of: node))
        top.items[0].isLateralOnly = false
        if let clause = tape.member(.whereClause, of: node) { try expressions(clause) }
        return try targets(tape.member(.returningList, of: node))
    }

    /// `COPY t FROM … WHERE` reads what it names.
    mutating func copyFilter(_ node: Int) throws(AnalysisRefusal) {
        guard let clause = tape.member(.whereClause, of: node) else { return }
        let (_, item) = try target(of: node)
        try deeper { (walk) throws(AnalysisRefusal) in
            walk.show([item], isLateralOnly: false)
            try walk.expressions(clause)
        }
    }

    /// The table that a statement changes: never a WITH query, whatever its name.
    mutating func target(of node: Int) throws(AnalysisRefusal) -> (source: Int, item: RangeItem) {
        guard let relation = tape.member(.relation, of: node), let name = base.relationName(relation) else {
            throw .notUnderstood("a change without a table")
        }
        let source = try source(name)
        return (source, try relationItem(source, name, relation))
    }

    /// `SET a = …`, `(a, b) = …`: the columns, and what the values read.
    mutating func assign(_ list: Int?, _ source: Int, _ action: Action) throws(AnalysisRefusal) {
        touch(source, action)
        guard let columns = try assigned(list) else { return }
        try use(source, action, columns)
    }

    /// The columns of a list of targets; walks their values and subscripts.
    private mutating func assigned(_ list: Int?) throws(AnalysisRefusal) -> [String]? {
        guard let list else { return nil }
        var columns: [String] = []
        for element in tape.children(of: list) {
            guard let target = tape.member(.resTarget, of: element), let name = tape.text(.name, of: target) else {
                throw .notUnderstood("a list of columns")
            }
            columns.append(name)
            try expressions(target)
        }
        return columns
    }
}
