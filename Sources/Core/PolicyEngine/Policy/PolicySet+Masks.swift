package import AccessModel

extension PolicySet {
    /// Whether a session with these roles has any mask: then commands are rewritten by `masks` before `decide` is asked
    /// with `servesMasks`.
    package func hasMasks(roles names: [String], target: String, at moment: Timestamp) -> Bool {
        !masks(of: names, target, moment).allSatisfy(\.masks.isEmpty)
    }

    /// The masks of the session's roles on a target, resolved against a snapshot of a database of it.
    ///
    /// A mask of any role that counts and has a grant on the target applies, whatever other roles may read: as a deny of
    /// one role wins over an allow of another. Windows of grants open and close what is allowed, never masks. Where masks
    /// meet on one column, the more exact of one role counts (a name before a pattern); otherwise, when they differ, the
    /// column is shown as null.
    package func masks(roles names: [String], target: String, at moment: Timestamp, catalog: Catalog) -> MaskPlan {
        var plan = MaskPlan()
        for role in masks(of: names, target, moment) where !role.masks.isEmpty {
            for (relation, columns) in MaskPlan(role.masks, catalog).relations {
                plan.add(columns, to: relation)
            }
        }
        return plan
    }

    /// The masks as the file has them, of roles that count.
    package func masks(roles names: [String], target: String, at moment: Timestamp) -> [Mask] {
        masks(of: names, target, moment).flatMap(\.masks)
    }

    private func masks(
        of names: [String],
        _ target: String,
        _ moment: Timestamp
    ) -> [(role: String, masks: [Mask])] {
        let request = AccessRequest(roles: names, target: target, effects: [], at: moment)
        return access(for: request).map { ($0.name, $0.access.masks.all) }
    }
}

extension MaskPlan {
    /// The masks of one role.
    init(_ masks: [Mask], _ catalog: Catalog) {
        self.init()
        let names = masks.map(\.relation.exact)
        // With names alone, a snapshot of very many relations need not be gone through.
        let candidates =
            names.contains(nil)
            ? Array(catalog.relations.values)
            : Set(names.compactMap { $0 }).compactMap { catalog.relations[$0] }
        for relation in candidates where relation.isReadable {
            let matching = masks.filter { $0.relation.matches(relation.name) }
            guard !matching.isEmpty else { continue }
            var columns: [String: MaskMethod] = [:]
            for column in relation.columns {
                guard let method = MaskPlan.method(of: column.name, matching) else { continue }
                columns[column.name] = MaskPlan.both(columns[column.name], method)
            }
            if !columns.isEmpty { relations[relation.name] = columns }
        }
        keepMissing(masks)
    }

    /// A mask by names alone whose column or relation is not there stays: who applies the plan refuses what it may mean now.
    private mutating func keepMissing(_ masks: [Mask]) {
        for mask in masks {
            guard let name = mask.relation.exact, case .exact(let column) = mask.column else { continue }
            if relations[name]?[column] == nil { relations[name, default: [:]][column] = mask.method }
        }
    }

    fileprivate mutating func add(_ columns: [String: MaskMethod], to relation: ObjectName) {
        relations[relation, default: [:]].merge(columns) { MaskPlan.both($0, $1) }
    }

    private static func method(of column: String, _ masks: [Mask]) -> MaskMethod? {
        let hits = masks.filter { $0.column.matches(column) }
        guard let rank = hits.map(\.exactness).max() else { return nil }
        return hits.filter { $0.exactness == rank }.map(\.method).reduce(MaskMethod?.none) { both($0, $1) }
    }

    /// Two masks on one column: null where they differ, since neither may show what the other hides.
    static func both(_ first: MaskMethod?, _ second: MaskMethod) -> MaskMethod {
        first == nil || first == second ? second : .null
    }
}

extension Mask {
    /// How many of relation and column are names and not patterns: 0, 1 or 2.
    var exactness: Int {
        var count = relation.exact == nil ? 0 : 1
        if case .exact = column { count += 1 }
        return count
    }
}

extension CatalogRelation {
    /// Whether a statement can read rows of it.
    var isReadable: Bool {
        switch kind {
        case .table, .partitioned, .view, .materializedView, .foreign: true
        case .sequence, .composite, .index, .partitionedIndex, .toast: false
        }
    }
}
