internal import AccessModel

/// Joins: what they merge, what they read, and what they hide.
extension ColumnWalk {
    /// Joins in one chain: each copies the columns of those before it.
    private static var chainLimit: Int { 512 }

    mutating func join(_ node: Int) throws(AnalysisRefusal) -> FromItem {
        var chain = [node]
        while let last = chain.last, let left = tape.node(.larg, of: last), tape[left].key == .joinExpr {
            guard chain.count < ColumnWalk.chainLimit else { throw .tooDeep }
            chain.append(left)
        }
        guard let first = chain.last.flatMap({ tape.member(.larg, of: $0) }) else { throw .notUnderstood("JOIN") }
        var found = try fromItem(first)
        for join in chain.reversed() { found = try joined(found, join) }
        return found
    }

    private mutating func joined(_ left: FromItem, _ node: Int) throws(AnalysisRefusal) -> FromItem {
        guard let other = tape.member(.rarg, of: node) else { throw .notUnderstood("JOIN") }
        // The left side is visible to LATERAL items of the right one.
        let held = top.items.count
        show(left.visible, isLateralOnly: true)
        let right = try fromItem(other)
        top.items.removeLast(top.items.count - held)
        try spend(left.whole.columns.count + right.whole.columns.count)

        let merged = try merge(node, left.whole, right.whole)
        var visible = left.visible + right.visible
        if let alias = tape.member(.joinUsingAlias, of: node), let name = tape.text(.aliasname, of: alias) {
            var item = RangeItem(name: name, columns: merged)
            item.showsColumns = false
            visible.append(item)
        }
        if let condition = tape.member(.quals, of: node) { try conditions(condition, visible) }

        let isMerged = Set(merged.map(\.name))
        var whole = RangeItem(
            name: "",
            columns: merged + (left.whole.columns + right.whole.columns).filter { !isMerged.contains($0.name) },
            isOpen: left.whole.isOpen || right.whole.isOpen,
            isNamed: false
        )
        guard tape.member(.alias, of: node) == nil else {
            whole = rebound(whole, node)
            whole.isNamed = true
            return FromItem(whole)
        }
        for index in visible.indices { visible[index].showsColumns = false }
        return FromItem(whole: whole, visible: visible + [whole])
    }

    /// ON sees the two sides of its join, and the queries around.
    private mutating func conditions(_ condition: Int, _ visible: [RangeItem]) throws(AnalysisRefusal) {
        let held = top.items
        top.items = []
        show(visible, isLateralOnly: false)
        try expressions(condition)
        top.items = held
    }

    /// The columns that USING or NATURAL merges, which it reads on both sides.
    private mutating func merge(
        _ node: Int,
        _ left: RangeItem,
        _ right: RangeItem
    ) throws(AnalysisRefusal) -> [RangeColumn] {
        var names: [String] = []
        if tape.isTrue(.isNatural, of: node) {
            let others = Set(right.columns.map(\.name))
            names = left.columns.map(\.name).filter { others.contains($0) }
            // Any column of the one side may have its like among those that are not known.
            if right.isOpen { readAll(left) }
            if left.isOpen { readAll(right) }
        } else if let list = tape.member(.usingClause, of: node) {
            names = tape.names(in: list)
        } else {
            return []
        }
        base.operators.insert(.equality)
        for name in names {
            for side in [left, right] { try readMerged(name, side) }
        }
        return names.map { RangeColumn(name: $0, origin: nil) }
    }

    private mutating func readMerged(_ name: String, _ side: RangeItem) throws(AnalysisRefusal) {
        try spend(side.columns.count)
        let found = side.columns.filter { $0.name == name }
        guard found.count == 1 || (found.isEmpty && side.isOpen) else { throw .unknownName(name) }
        for column in found { read(column) }
    }
}
