internal import AccessModel

/// Queries from the inside: arms, lists, and what names of the output mean in them.
extension ColumnWalk {
    /// What PostgreSQL takes in one target list.
    private static var columnLimit: Int { 1664 }

    /// Walks a query or a change; `recursion` is its place in the WITH list around it, where it may name itself.
    mutating func query(_ node: Int, recursion: Int? = nil) throws(AnalysisRefusal) -> RangeOutput {
        let output = try deeper { (walk) throws(AnalysisRefusal) -> RangeOutput in
            switch walk.tape[node].key {
            case .insertStmt: return try walk.insert(node)
            case .updateStmt: return try walk.update(node)
            case .deleteStmt: return try walk.delete(node)
            case .mergeStmt: return try walk.merge(node)
            case .selectStmt, .larg, .rarg: return try walk.select(node, recursion)
            default: throw .notUnderstood("a statement inside a query")
            }
        }
        guard output.names.count <= ColumnWalk.columnLimit else { throw .tooDeep }
        if let first = output.names.first, !output.isOpen { firstNames[node] = first }
        return output
    }

    private mutating func select(_ node: Int, _ recursion: Int?) throws(AnalysisRefusal) -> RangeOutput {
        try with(node)
        if let into = tape.member(.intoClause, of: node) { base.created(tape.member(.rel, of: into)) }
        let held = base.locked.count
        defer { base.locked.removeLast(base.locked.count - held) }
        if let clauses = tape.member(.lockingClause, of: node) { base.lock(clauses, of: node) }
        let output: RangeOutput
        if isSetOperation(node) {
            output = try arms(of: node, recursion)
        } else if let rows = tape.member(.valuesLists, of: node) {
            try expressions(rows)
            output = RangeOutput(names: (0..<width(rows)).map { "column\($0 + 1)" })
        } else {
            try from(tape.member(.fromClause, of: node))
            output = try targets(tape.member(.targetList, of: node))
            for key in [SyntaxKey.whereClause, .havingClause, .windowClause] {
                if let clause = tape.member(key, of: node) { try expressions(clause) }
            }
            try group(tape.member(.groupClause, of: node), output)
            try named(tape.member(.distinctClause, of: node), output)
        }
        try order(tape.member(.sortClause, of: node), output)
        for key in [SyntaxKey.limitCount, .limitOffset] {
            if let clause = tape.member(key, of: node) { try expressions(clause) }
        }
        return output
    }

    private func isSetOperation(_ node: Int) -> Bool {
        tape.member(.larg, of: node) != nil
    }

    /// The arms of a set operation, left to right; the first one names the columns. Chains of UNION are walked flat.
    private mutating func arms(of node: Int, _ recursion: Int?) throws(AnalysisRefusal) -> RangeOutput {
        guard let left = tape.member(.larg, of: node), let right = tape.member(.rarg, of: node) else {
            throw .notUnderstood("a set operation")
        }
        let output = try arm(left)
        if let recursion { recurse(recursion, output) }
        _ = try arm(right)
        return output
    }

    private mutating func arm(_ node: Int) throws(AnalysisRefusal) -> RangeOutput {
        var pending = [node]
        var first: RangeOutput?
        while let next = pending.popLast() {
            if let left = tape.member(.larg, of: next), let right = tape.member(.rarg, of: next), isBare(next) {
                pending += [right, left]
            } else {
                let output = try query(next)
                first = first ?? output
            }
        }
        return first ?? RangeOutput()
    }

    /// A set operation without clauses of its own, which is no level of its own either.
    private func isBare(_ node: Int) -> Bool {
        [SyntaxKey.withClause, .sortClause, .limitCount, .limitOffset, .lockingClause, .intoClause].allSatisfy {
            tape.member($0, of: node) == nil
        }
    }

    /// How many values the first row of a VALUES list has.
    private func width(_ rows: Int) -> Int {
        guard let row = tape.children(of: rows).first, let list = tape.member(.list, of: row),
            let items = tape.member(.items, of: list)
        else { return 0 }
        return tape.children(of: items).count
    }

    /// A target list or RETURNING: what it reads, and the names that it gives.
    mutating func targets(_ list: Int?) throws(AnalysisRefusal) -> RangeOutput {
        var output = RangeOutput()
        guard let list else { return output }
        for element in tape.children(of: list) {
            guard let target = tape.member(.resTarget, of: element), let value = tape.member(.val, of: target),
                let node = tape.node(in: value)
            else { throw .notUnderstood("a target list") }
            if tape[node].key == .columnRef, isStar(node) {
                let columns = try star(node)
                output.names += columns.names
                output.isOpen = output.isOpen || columns.isOpen
            } else {
                try expressions(value)
                if tape[node].key == .aIndirection, tape.member(.indirection, of: node).map(hasStar) ?? false {
                    output.isOpen = true
                } else {
                    output.names.append(tape.text(.name, of: target) ?? columnName(node))
                }
            }
            guard output.names.count <= ColumnWalk.columnLimit else { throw .tooDeep }
        }
        return output
    }

    private func hasStar(_ list: Int) -> Bool {
        tape.children(of: list).contains { tape.member(.star, of: $0) != nil }
    }

    /// ORDER BY: the name of an output column means that one, whatever else it could mean.
    private mutating func order(_ list: Int?, _ output: RangeOutput) throws(AnalysisRefusal) {
        guard let list else { return }
        for element in tape.children(of: list) {
            guard let sort = tape.member(.sortBy, of: element), let value = tape.member(.sortNode, of: sort) else {
                throw .notUnderstood("ORDER BY")
            }
            base.operation(tape.member(.useOp, of: sort))
            if !names(output, value) { try expressions(value) }
        }
    }

    /// DISTINCT ON, by the rule of ORDER BY.
    private mutating func named(_ list: Int?, _ output: RangeOutput) throws(AnalysisRefusal) {
        guard let list else { return }
        for element in tape.children(of: list) where !names(output, element) { try expressions(element) }
    }

    /// GROUP BY: a name is a column of FROM first, then of the output.
    private mutating func group(_ list: Int?, _ output: RangeOutput) throws(AnalysisRefusal) {
        guard let list else { return }
        var pending = tape.children(of: list)
        while let element = pending.popLast() {
            guard let node = tape.node(in: element) else { continue }
            if tape[node].key == .groupingSet, let content = tape.member(.content, of: node) {
                pending += tape.children(of: content)
            } else if tape[node].key == .rowExpr, tape.text(.rowFormat, of: node) == "COERCE_IMPLICIT_CAST",
                let items = tape.member(.args, of: node)
            {
                pending += tape.children(of: items)
            } else if !names(output, element) || top.items.contains(where: { shows($0, single(node)) }) {
                try expressions(element)
            }
        }
    }

    private func shows(_ item: RangeItem, _ name: String?) -> Bool {
        guard let name, item.showsColumns else { return false }
        return item.column(name) != nil || (item.systemColumns != nil && ColumnWalk.isSystemColumn(name))
    }

    /// Whether the value under `holder` is the name of an output column.
    private func names(_ output: RangeOutput, _ holder: Int) -> Bool {
        guard let node = tape.node(in: holder), let name = single(node) else { return false }
        return output.names.contains(name)
    }

    /// The name of a column reference that is one name.
    private func single(_ node: Int) -> String? {
        guard tape[node].key == .columnRef, let fields = tape.member(.fields, of: node), !isStar(node) else {
            return nil
        }
        let names = tape.names(in: fields)
        return names.count == 1 ? names[0] : nil
    }
}
