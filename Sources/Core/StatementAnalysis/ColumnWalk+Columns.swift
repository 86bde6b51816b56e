internal import AccessModel

/// What column references mean, and what reading them is.
extension ColumnWalk {
    static func isSystemColumn(_ name: String) -> Bool {
        ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"].contains(name)
    }

    func isStar(_ reference: Int) -> Bool {
        guard let fields = tape.member(.fields, of: reference) else { return false }
        return tape.inside(fields).contains { tape[$0].key == .star }
    }

    /// A column reference in an expression.
    mutating func column(_ node: Int) throws(AnalysisRefusal) {
        guard !isStar(node) else {
            _ = try star(node)
            return
        }
        let path = tape.member(.fields, of: node).map { tape.names(in: $0) } ?? []
        guard let name = path.last else { throw .notUnderstood("a column reference") }
        guard path.count > 1 else { return try unqualified(name) }
        try qualified(path.dropLast(), name)
    }

    /// `*` and `t.*`: reads all columns, and gives their names.
    mutating func star(_ node: Int) throws(AnalysisRefusal) -> RangeOutput {
        let path = tape.member(.fields, of: node).map { tape.names(in: $0) } ?? []
        var output = RangeOutput()
        let items = path.isEmpty ? top.items.filter { $0.showsColumns && !$0.isLateralOnly } : [try item(path[...])]
        for item in items {
            try spend(item.columns.count)
            readAll(item)
            output.names += item.columns.map(\.name)
            output.isOpen = output.isOpen || item.isOpen
        }
        return output
    }

    /// The nearest level that has a column of this name has it once; where an item may have columns that are not known,
    /// the next level that has it counts too. What is no column may be a whole row.
    private mutating func unqualified(_ name: String) throws(AnalysisRefusal) {
        var open: [RangeItem] = []
        for level in levels.indices.reversed() {
            var found: RangeColumn?
            for item in levels[level].items where item.showsColumns && isVisible(item, level) {
                try spend(item.columns.count)
                if let column = try self.column(name, of: item) {
                    guard found == nil else { throw .unknownName(name) }
                    found = column
                }
                if item.isOpen { open.append(item) }
            }
            if let found { return read(found) }
        }
        for item in open { readUnknown(item) }
        if let item = try? namedItem(name) { return readAll(item) }
        guard !open.isEmpty else { throw .unknownName(name) }
    }

    /// `t.c`, `s.t.c`, `db.s.t.c`; where `t` has no `c`, PostgreSQL calls a function of that name with the row.
    private mutating func qualified(_ path: ArraySlice<String>, _ name: String) throws(AnalysisRefusal) {
        let item = try self.item(path)
        try spend(item.columns.count)
        if let column = try column(name, of: item) { return read(column) }
        if item.isOpen { return readUnknown(item) }
        let function = ObjectName(name: name)
        guard names.isBuiltin(name) || !names.functions(function).isEmpty else {
            throw .unknownName((path + [name]).joined(separator: "."))
        }
        readAll(item)
        base.called(function, at: nil)
    }

    /// A column of an item, its system columns too; throws where it has the name twice.
    private func column(_ name: String, of item: RangeItem) throws(AnalysisRefusal) -> RangeColumn? {
        var found: RangeColumn?
        for column in item.columns where column.name == name {
            guard found == nil else { throw .unknownName(name) }
            found = column
        }
        if found == nil, let relation = item.systemColumns, ColumnWalk.isSystemColumn(name) {
            return RangeColumn(name: name, origin: .init(relation: relation, column: name))
        }
        return found
    }

    /// The item that a qualified name begins with.
    private func item(_ path: ArraySlice<String>) throws(AnalysisRefusal) -> RangeItem {
        guard let name = path.last else { throw .notUnderstood("a column reference") }
        guard path.count > 1 else { return try namedItem(name) }
        let schema = path[path.endIndex - 2]
        let relation = ObjectName(schema: schema, name: name)
        return try onlyItem("\(relation)") { item in
            item.relation == relation || (SearchPath.isTemporary(schema) && item.relation?.name == name)
        }
    }

    func namedItem(_ name: String) throws(AnalysisRefusal) -> RangeItem {
        try onlyItem(name) { $0.name == name }
    }

    /// The one item of the nearest level that has any.
    private func onlyItem(_ name: String, _ matches: (RangeItem) -> Bool) throws(AnalysisRefusal) -> RangeItem {
        for level in levels.indices.reversed() {
            let found = levels[level].items.filter { $0.isNamed && isVisible($0, level) && matches($0) }
            guard let item = found.first else { continue }
            guard found.count == 1 else { break }
            return item
        }
        throw .unknownName(name)
    }

    private func isVisible(_ item: RangeItem, _ level: Int) -> Bool {
        !item.isLateralOnly || levels[level].isLateral
    }

    mutating func read(_ column: RangeColumn) {
        guard let origin = column.origin else { return }
        let match = sources[origin.relation]
        for name in match.made { uses.addWhole(.select, name) }
        if let known = match.known { uses.add(.select, known.name, CollectionOfOne(origin.column)) }
    }

    mutating func readAll(_ item: RangeItem) {
        for column in item.columns { read(column) }
        readUnknown(item)
    }

    /// A column of an open relation that is not known: it may be any.
    private mutating func readUnknown(_ item: RangeItem) {
        guard let source = item.source else { return }
        for name in sources[source].made { uses.addWhole(.select, name) }
    }
}
