internal import AccessModel

/// Follows masks through a snapshot: to partitions and children, to parents, to generated columns and to views.
struct MaskClosure {
    private let catalog: Catalog
    private let key: MaskKeySource?
    private(set) var masks: [ObjectName: [String: MaskMethod]] = [:]
    var hidden: Set<ObjectName> = []
    var problems: Set<MaskProblem> = []
    /// The relations that were asked for: a view among them says itself what it shows.
    private var named: Set<ObjectName> = []

    init(_ catalog: Catalog, _ key: MaskKeySource?) {
        self.catalog = catalog
        self.key = key
    }

    mutating func close(_ asked: [ObjectName: [String: MaskMethod]]) {
        guard asked.contains(where: { !$0.value.isEmpty }) else { return }
        for (name, columns) in asked where !columns.isEmpty { take(name, columns) }
        maskStatementTexts()
        coverGenerated()
        coverChildren()
        coverGenerated()
        coverParents()
        coverGenerated()
        hideStatistics()
        hideViews()
    }

    // MARK: - What was asked for

    private mutating func take(_ name: ObjectName, _ columns: [String: MaskMethod]) {
        guard let relation = catalog.relations[name] else {
            hideLikes(of: columns)
            return refuse(name, nil, .noSuchRelation)
        }
        guard MaskClosure.readable.contains(relation.kind) else { return refuse(name, nil, .notReadable) }
        named.insert(name)
        for (column, method) in columns {
            guard let type = relation.columns.first(where: { $0.name == column })?.type else {
                refuse(name, column, .noSuchColumn)
                continue
            }
            if fits(method, type) {
                masks[name, default: [:]][column] = method
            } else {
                refuse(name, column, .notApplicable(type: type))
            }
        }
    }

    private static let readable: Set<CatalogRelation.Kind> = [
        .table, .partitioned, .view, .materializedView, .foreign,
    ]

    /// A relation that is gone may be there under another name: what has all of its masked columns is hidden.
    private mutating func hideLikes(of columns: [String: MaskMethod]) {
        for relation in catalog.relations.values where MaskClosure.readable.contains(relation.kind) {
            guard relation.name.schema != "pg_catalog", relation.name.schema != "information_schema",
                columns.keys.allSatisfy({ column in relation.columns.contains { $0.name == column } })
            else { continue }
            hidden.insert(relation.name)
        }
    }

    /// Hides a relation whose masks are not what was asked for.
    private mutating func refuse(_ name: ObjectName, _ column: String?, _ code: MaskProblem.Code) {
        problems.insert(MaskProblem(relation: name, column: column, code: code))
        hidden.insert(name)
    }

    private func fits(_ method: MaskMethod, _ type: String) -> Bool {
        method.expression(column: "c", type: type, key: key) != nil
    }

    // MARK: - What follows

    /// A generated column tells of the columns that it is made of.
    private mutating func coverGenerated() {
        for (name, masked) in masks {
            for column in catalog.relations[name]?.columns ?? []
            where masked[column.name] == nil && column.generatedFrom.contains(where: { masked[$0] != nil }) {
                masks[name]?[column.name] = .null
            }
        }
    }

    /// The rows of a partition or a child are rows of its parents, under the same names of columns.
    private mutating func coverChildren() {
        var children: [ObjectName: [ObjectName]] = [:]
        for relation in catalog.relations.values {
            for parent in relation.parents { children[parent, default: []].append(relation.name) }
        }
        spread(to: { children[$0] ?? [] })
    }

    /// A parent shows the rows of its children.
    private mutating func coverParents() {
        let catalog = catalog
        spread(to: { catalog.relations[$0]?.parents ?? [] })
    }

    /// Gives the masks of each relation to its neighbours, theirs to theirs, and so on. A relation that was asked for
    /// keeps what it has; where two masks of one column meet, it is shown as NULL.
    private mutating func spread(to neighbours: (ObjectName) -> [ObjectName]) {
        let given = masks
        var queue = Array(masks.keys) + hidden
        var queued = Set(queue)
        while let from = queue.popLast() {
            queued.remove(from)
            for name in neighbours(from) where catalog.relations[name] != nil {
                let changed = hidden.contains(from) && !named.contains(name) ? hidden.insert(name).inserted : false
                let masked = give(masks[from] ?? [:], to: name, unless: given[name] ?? [:])
                if changed || masked, queued.insert(name).inserted { queue.append(name) }
            }
        }
    }

    private mutating func give(
        _ from: [String: MaskMethod],
        to name: ObjectName,
        unless given: [String: MaskMethod]
    ) -> Bool {
        var changed = false
        for (column, method) in from where given[column] == nil {
            guard let type = catalog.relations[name]?.columns.first(where: { $0.name == column })?.type else {
                continue
            }
            let old = masks[name]?[column]
            let new = old == nil && fits(method, type) ? method : old == method ? method : .null
            if new != old {
                masks[name, default: [:]][column] = new
                changed = true
            }
        }
        return changed
    }

    // MARK: - What cannot be shown

    /// Statements of others hold values; those of the session hold its masks.
    private mutating func maskStatementTexts() {
        for relation in catalog.relations.values {
            guard let column = MaskClosure.statementTexts[relation.name.name], masks[relation.name]?[column] == nil,
                relation.name.schema == "pg_catalog" || relation.name.name == "pg_stat_statements",
                relation.columns.contains(where: { $0.name == column })
            else { continue }
            masks[relation.name, default: [:]][column] = .null
        }
    }

    private static let statementTexts = [
        "pg_stat_activity": "query", "pg_stat_statements": "query", "pg_cursors": "statement",
        "pg_prepared_statements": "statement",
    ]

    private mutating func hideStatistics() {
        for name in MaskClosure.statistics { hidden.insert(ObjectName(schema: "pg_catalog", name: name)) }
    }

    /// What the planner keeps of the values of columns: most common values, bounds of histograms.
    private static let statistics = [
        "pg_stats", "pg_statistic", "pg_stats_ext", "pg_stats_ext_exprs", "pg_statistic_ext_data",
    ]

    /// A view that reads a masked column shows it, or rows chosen by it.
    ///
    /// A dependency without columns hides the view, too: PostgreSQL keeps none for a whole row (`to_json(t)`).
    private mutating func hideViews() {
        var readers: [ObjectName: [(view: ObjectName, columns: [String])]] = [:]
        for relation in catalog.relations.values {
            for read in relation.reads { readers[read.relation, default: []].append((relation.name, read.columns)) }
        }
        var queue = Array(masks.keys) + hidden
        while let from = queue.popLast() {
            let isHidden = hidden.contains(from)
            for (view, columns) in readers[from] ?? [] where masks[view] == nil && !hidden.contains(view) {
                guard isHidden || columns.isEmpty || columns.contains(where: { masks[from]?[$0] != nil }) else {
                    continue
                }
                hidden.insert(view)
                queue.append(view)
            }
        }
    }
}
