internal import AccessModel

/// Finds where a text groups by the primary key of a masked table.
struct MaskGroups {
    private let tape: SyntaxTape
    private let tree: TreeText
    private let masks: MasksInForce
    private let sites: [MaskSite]

    init(_ parsed: ParsedText, _ masks: MasksInForce, _ sites: [MaskSite]) {
        (tape, tree) = (parsed.tape, parsed.tree)
        (self.masks, self.sites) = (masks, sites)
    }

    /// All of them, by location.
    func found() -> [MaskGroup] {
        let keyed = sites.filter { masks.sources[$0.relation]?.relation.primaryKey.isEmpty == false && $0.copy == nil }
        let queries = keyed.isEmpty ? [] : queries()
        // Each is searched for each. Beyond that the target says which column must be grouped by.
        guard keyed.count <= MaskGroups.limit, queries.count <= MaskGroups.limit else { return [] }
        var groups: Set<MaskGroup> = []
        for (query, from, list) in queries {
            let own = keyed.filter { tape.inside(from).contains($0.entry) && !isDeeper($0.entry, than: from) }
            let named = own.isEmpty ? [:] : columns(in: query)
            for site in own {
                if let group = group(of: site, named, from, list) { groups.insert(group) }
            }
        }
        return groups.sorted { ($0.location, $0.name) < ($1.location, $1.name) }
    }

    private static let limit = 64

    /// The queries with FROM and GROUP BY, without grouping sets.
    private func queries() -> [(query: Int, from: Int, list: Int)] {
        var found: [(query: Int, from: Int, list: Int)] = []
        var open: [Int] = []
        for index in tape.all {
            while let last = open.last, tape.next(last) <= index { open.removeLast() }
            if tape[index].key == .groupClause, let query = open.last, let from = tape.member(.fromClause, of: query),
                tape.first(.groupingSet, inside: index) == nil
            {
                found.append((query, from, index))
            }
            if tape[index].marks.contains(.object) { open.append(index) }
        }
        return found
    }

    /// Whether this stands in a sub-query of a FROM.
    private func isDeeper(_ entry: Int, than from: Int) -> Bool {
        var index = from + 1
        while index < entry {
            if tape[index].key == .selectStmt {
                if tape.inside(index).contains(entry) { return true }
                index = tape.next(index)
            } else {
                index += 1
            }
        }
        return false
    }

    private func group(
        of site: MaskSite,
        _ named: [String: Set<String>],
        _ from: Int,
        _ list: Int
    ) -> MaskGroup? {
        guard let relation = masks.sources[site.relation]?.relation else { return nil }
        let alias = tape.member(.alias, of: site.entry)
        if let alias, tape.member(.colnames, of: alias) != nil { return nil }
        let name = alias.flatMap { tape.text(.aliasname, of: $0) } ?? relation.name.name
        // Alone in its FROM, it needs no name before its columns.
        let isAlone = tape.children(of: from).map { $0 + 1 } == [site.entry]
        let items = tape.children(of: list).map { $0 + 1 }.filter { $0 < tape.next(list) && tape[$0].key == .columnRef }
        var grouped: [String: Int] = [:]
        for item in items {
            let reference = ColumnReference(tape, at: item)
            guard let column = reference.column, isOf(name, reference, isAlone) else { continue }
            grouped[column] = grouped[column] ?? tree.number("location", of: Int(tape[item].start))
        }
        let key = relation.primaryKey.compactMap { grouped[$0] }
        guard key.count == relation.primaryKey.count, let location = key.min() else { return nil }
        let wanted = (named[name] ?? []).union(named[""] ?? [])
        let columns = relation.columns.filter {
            grouped[$0.name] == nil && (wanted.contains("") || wanted.contains($0.name)) && MaskGroups.canGroup($0.type)
        }
        // A row is compared by all of its columns.
        let isRow = relation.columns.allSatisfy { $0.name != name && MaskGroups.canGroup($0.type) }
        let hasRow = isRow && named[""]?.contains(name) == true
        guard hasRow || !columns.isEmpty else { return nil }
        return MaskGroup(location: location, name: name, columns: columns.map(\.name), hasRow: hasRow)
    }

    private func isOf(_ name: String, _ reference: ColumnReference, _ isAlone: Bool) -> Bool {
        reference.qualifier.map { $0 == name } ?? isAlone
    }

    /// The names of a query's columns by the tables before them; `""` is no table, and a star.
    private func columns(in query: Int) -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for index in tape.inside(query) where tape[index].key == .columnRef {
            let reference = ColumnReference(tape, at: index)
            found[reference.qualifier ?? "", default: []].insert(reference.column ?? "")
        }
        return found
    }

    /// Whether values of a type can be grouped: built-in ones that are listed, and what users define, which is enums,
    /// domains, rows and the types of extensions. A domain of json cannot; the target answers then.
    private static func canGroup(_ type: String) -> Bool {
        let base = type.hasSuffix("[]") ? type.dropLast(2) : type[...]
        let name = base.prefix { $0 != "(" }
        if name.contains(".") { return true }
        return groupable.contains { name == $0 } || name.hasPrefix("timestamp") || name.hasPrefix("time ")
            || name.hasPrefix("interval")
    }

    private static let groupable: [Substring] = [
        "text", "character varying", "character", "name", "uuid", "smallint", "integer", "bigint", "numeric", "real",
        "double precision", "boolean", "date", "bytea", "inet", "cidr", "macaddr", "macaddr8", "jsonb", "oid", "money",
        "bit", "bit varying",
    ]
}
