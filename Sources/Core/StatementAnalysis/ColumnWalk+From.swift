internal import AccessModel

/// The items of FROM.
extension ColumnWalk {
    /// An item of FROM: as one whole, which a join merges, and what of it names can see.
    struct FromItem {
        var whole: RangeItem
        var visible: [RangeItem]

        init(_ item: RangeItem) {
            (whole, visible) = (item, [item])
        }

        init(whole: RangeItem, visible: [RangeItem]) {
            (self.whole, self.visible) = (whole, visible)
        }
    }

    /// Adds the items of a FROM list to the innermost level. Until the list is complete, LATERAL alone sees them.
    mutating func from(_ list: Int?) throws(AnalysisRefusal) {
        guard let list else { return }
        for element in tape.children(of: list) {
            let item = try fromItem(element)
            show(item.visible, isLateralOnly: true)
        }
        for index in top.items.indices { top.items[index].isLateralOnly = false }
    }

    mutating func show(_ items: [RangeItem], isLateralOnly: Bool) {
        for var item in items {
            item.isLateralOnly = isLateralOnly
            top.items.append(item)
        }
    }

    mutating func fromItem(_ holder: Int) throws(AnalysisRefusal) -> FromItem {
        guard let node = tape.node(in: holder) else { throw .notUnderstood("FROM") }
        switch tape[node].key {
        case .rangeVar: return FromItem(try relationItem(node))
        case .joinExpr: return try join(node)
        case .rangeSubselect: return FromItem(try subquery(node))
        case .rangeFunction: return FromItem(try functions(node))
        case .rangeTableFunc: return FromItem(try xmlTable(node))
        case .rangeTableSample:
            guard let relation = tape.node(.relation, of: node) else { throw .notUnderstood("TABLESAMPLE") }
            let item = try relationItem(relation)
            if let method = tape.member(.method, of: node) { base.sampling(method) }
            for child in tape.children(of: node) where ![.relation, .method].contains(tape[child].key) {
                try expressions(child)
            }
            return FromItem(item)
        default: throw .notUnderstood("an item of FROM")
        }
    }

    /// A relation that is read, or a WITH query.
    private mutating func relationItem(_ node: Int) throws(AnalysisRefusal) -> RangeItem {
        guard let name = base.relationName(node) else { throw .notUnderstood("FROM") }
        if name.schema == nil, let output = try withQuery(name.name) {
            return named(output.item(name.name), node)
        }
        let source = try source(name)
        touch(source, .select)
        if base.isLocked(node) { useWhole(source, .lock) }
        return try relationItem(source, name, node)
    }

    /// The item of a relation that is read or changed, under its alias if it has one.
    mutating func relationItem(_ source: Int, _ name: ObjectName, _ node: Int) throws(AnalysisRefusal) -> RangeItem {
        let match = sources[source]
        let columns = match.known?.columns ?? []
        try spend(columns.count)
        var item = RangeItem(
            name: name.name,
            relation: match.known?.name ?? match.made.first,
            columns: columns.map { column in
                RangeColumn(name: column.name, origin: .init(relation: source, column: column.name))
            },
            isOpen: match.isOpen,
            source: source
        )
        if match.known?.hasSystemColumns ?? true { item.systemColumns = source }
        return rebound(item, node)
    }

    private mutating func subquery(_ node: Int) throws(AnalysisRefusal) -> RangeItem {
        guard let query = tape.node(.subquery, of: node) else { throw .notUnderstood("a sub-query") }
        top.isLateral = tape.isTrue(.lateral, of: node)
        let output = try self.query(query)
        top.isLateral = false
        return named(output.item(""), node)
    }

    /// A function in FROM. Its columns are known only as far as the statement names them.
    private mutating func functions(_ node: Int) throws(AnalysisRefusal) -> RangeItem {
        guard let list = tape.member(.functions, of: node) else { throw .notUnderstood("a function in FROM") }
        top.isLateral = true
        try expressions(list)
        top.isLateral = false
        var names: [String] = []
        var isOpen = true
        if let definitions = tape.member(.coldeflist, of: node) {
            names = defined(definitions)
            isOpen = false
        }
        let call = tape.inside(list).first { tape[$0].key == .funcCall }
        if let call, let funcname = tape.member(.funcname, of: call), let name = tape.names(in: funcname).last {
            var item = RangeItem(name: name, columns: names.map { RangeColumn(name: $0, origin: nil) }, isOpen: isOpen)
            item = named(item, node)
            return item
        }
        return named(
            RangeItem(name: "", columns: names.map { RangeColumn(name: $0, origin: nil) }, isOpen: isOpen),
            node
        )
    }

    private mutating func xmlTable(_ node: Int) throws(AnalysisRefusal) -> RangeItem {
        top.isLateral = true
        for child in tape.children(of: node) where tape[child].key != .alias { try expressions(child) }
        top.isLateral = false
        let names = tape.member(.columns, of: node).map { columns in
            tape.children(of: columns).compactMap { tape.member(.rangeTableFuncCol, of: $0) }.compactMap {
                tape.text(.colname, of: $0)
            }
        }
        return named(
            RangeItem(name: "xmltable", columns: (names ?? []).map { RangeColumn(name: $0, origin: nil) }),
            node
        )
    }

    /// The names of a column definition list.
    private func defined(_ list: Int) -> [String] {
        tape.children(of: list).compactMap { tape.member(.columnDef, of: $0) }.compactMap { tape.text(.colname, of: $0) }
    }

    private func named(_ item: RangeItem, _ node: Int) -> RangeItem {
        var item = rebound(item, node)
        item.isNamed = !item.name.isEmpty
        return item
    }

    /// With the alias of a node, and the column names of it.
    func rebound(_ item: RangeItem, _ node: Int) -> RangeItem {
        guard let alias = tape.member(.alias, of: node) else { return item }
        var item = item
        if let name = tape.text(.aliasname, of: alias) {
            item.name = name
            item.relation = nil
        }
        if let list = tape.member(.colnames, of: alias) { item.rename(tape.names(in: list)) }
        return item
    }
}
