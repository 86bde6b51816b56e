internal import AccessModel

/// What a statement does to relations, gathered: for each action and relation the columns.
struct RelationUses {
    private struct Use: Hashable {
        var action: Action
        var object: ObjectName
    }

    private var columns: [Use: Set<String>?] = [:]

    /// Nil columns are whole rows, whatever else was named.
    mutating func add(_ action: Action, _ object: ObjectName, _ names: some Sequence<String>) {
        let use = Use(action: action, object: object)
        guard let found = columns[use] else {
            columns[use] = Set(names)
            return
        }
        guard found != nil else { return }
        for name in names { columns[use]??.insert(name) }
    }

    mutating func addWhole(_ action: Action, _ object: ObjectName) {
        columns.updateValue(nil, forKey: Use(action: action, object: object))
    }

    var effects: [Effect] {
        columns.map { Effect(action: $0.action, object: $0.object, columns: $1?.sorted()) }
    }
}
