internal import AccessModel

/// Makes a snapshot of the rows of a reading.
struct CatalogBuild {
    private var relations: [String: CatalogRelation] = [:]
    private var columns: [String: [String: Int]] = [:]
    private var reads: [String: [String: Set<String>]] = [:]
    private var functions: [CatalogFunction] = []
    private var operators: [CatalogOperator] = []
    /// Whether every row was understood.
    private var isWhole = true

    init(_ rows: [[String]]...) {
        // Columns and the rest name relations by their number: those come first.
        for row in rows.joined() where row[1] == "r" { relation(row) }
        for row in rows.joined() where row[1] == "c" { column(row) }
        for row in rows.joined() where row[1] != "r" && row[1] != "c" { other(row) }
    }

    /// Nil where a row was not understood.
    func catalog(version: UInt64) -> Catalog? {
        guard isWhole else { return nil }
        var relations = relations.mapValues { relation in
            var relation = relation
            relation.primaryKey.sort()
            return relation
        }
        for (view, bases) in reads {
            for (base, columns) in bases {
                guard let name = relations[base]?.name else { continue }
                relations[view]?.reads.append(CatalogDependency(relation: name, columns: columns.sorted()))
            }
        }
        return Catalog(
            version: version,
            relations: Array(relations.values),
            functions: functions,
            operators: operators
        )
    }

    private mutating func relation(_ row: [String]) {
        guard row.count == 8, let kind = CatalogRelation.Kind(rawValue: row[5]) else { return isWhole = false }
        relations[row[2]] = CatalogRelation(
            name: ObjectName(schema: row[3], name: row[4]),
            kind: kind,
            columns: [],
            isSecurityInvoker: row[6] == "t",
            hasRules: row[7] == "t"
        )
    }

    private mutating func column(_ row: [String]) {
        guard row.count == 6 else { return isWhole = false }
        // Where the session's path hides a built-in type, `format_type` qualifies it.
        let type = row[4].hasPrefix("pg_catalog.") ? String(row[4].dropFirst(11)) : row[4]
        columns[row[2], default: [:]][row[3]] = relations[row[2]]?.columns.count
        relations[row[2]]?.columns.append(CatalogColumn(name: row[3], type: type, isNotNull: row[5] == "t"))
    }

    private mutating func other(_ row: [String]) {
        switch (row[1], row.count) {
        case ("g", 5):
            guard let index = columns[row[2]]?[row[3]] else { return }
            relations[row[2]]?.columns[index].generatedFrom.append(row[4])
        case ("k", 4): relations[row[2]]?.primaryKey.append(row[3])
        case ("i", 4):
            guard let parent = relations[row[3]]?.name else { return }
            relations[row[2]]?.parents.append(parent)
        case ("v", 5):
            reads[row[2], default: [:]][row[3], default: []].formUnion(row[4].isEmpty ? [] : [row[4]])
        case ("b", 3):
            let name = ObjectName(schema: "pg_catalog", name: row[2])
            functions.append(CatalogFunction(name: name, language: "internal"))
        case ("f", 7):
            functions.append(
                CatalogFunction(
                    name: ObjectName(schema: row[2], name: row[3]),
                    volatility: row[4].first ?? "v",
                    isSecurityDefiner: row[5] == "t",
                    language: row[6]
                )
            )
        case ("o", 6):
            operators.append(
                CatalogOperator(
                    name: ObjectName(schema: row[2], name: row[3]),
                    function: ObjectName(schema: row[4], name: row[5])
                )
            )
        default: isWhole = false
        }
    }
}
