internal import AccessModel

/// What an item of FROM, the target of a change or a join offers to names: PostgreSQL's `ParseNamespaceItem`.
struct RangeItem {
    /// Its alias or its relation's name; empty where it has none.
    var name: String
    /// The relation, where it has no alias: it may be named with its schema then.
    var relation: ObjectName?
    var columns: [RangeColumn]
    /// Whether it may have columns that nobody here knows: a function's, a temporary relation's.
    var isOpen = false
    /// The relation whose system columns it has, as it counts in `ColumnWalk.sources`.
    var systemColumns: Int?
    /// For an open relation: what a column that is not known would be read from.
    var source: Int?
    /// Whether its name can be used, and whether its columns can without it.
    var isNamed = true
    var showsColumns = true
    /// Visible to LATERAL items alone, as its FROM is not complete.
    var isLateralOnly = false

    func column(_ name: String) -> RangeColumn? {
        columns.first { $0.name == name }
    }

    /// Renames the first columns. Where columns may be unknown, only the new names are certain.
    mutating func rename(_ names: [String]) {
        if isOpen, !names.isEmpty {
            columns = names.map { name in RangeColumn(name: name, origin: nil) }
            return
        }
        for (index, name) in names.enumerated() where index < columns.count { columns[index].name = name }
    }
}
