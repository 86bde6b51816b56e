internal import AccessModel

/// How one statement names the masked relations that it reads, and what of that a sub-select does not have.
struct SiteNames {
    private let walk: MaskWalk
    private let statement: Int
    private let sites: ArraySlice<MaskSite>
    /// The relations that are read under their own names.
    private let plain: Set<ObjectName>
    /// Those with a list of column names, by their own, and what their columns are called in FROM and in the relation.
    private var renamed: [String: (relation: ObjectName, columns: Set<String>)] = [:]

    init(_ walk: MaskWalk, _ statement: Int, _ sites: ArraySlice<MaskSite>) {
        (self.walk, self.statement, self.sites) = (walk, statement, sites)
        plain = Set(sites.lazy.filter { !$0.hasAlias && $0.copy == nil }.map(\.relation))
        for site in sites {
            guard let alias = walk.tape.member(.alias, of: site.entry),
                walk.tape.children(of: alias).contains(where: { walk.tape[$0].marks.contains(.array) })
            else { continue }
            renamed[name(of: site)] = (site.relation, columns(of: site))
        }
    }

    /// The references that name a masked relation by its schema; throws for those that cannot be served.
    func prefixed() throws(MaskRefusal) -> [(entry: Int, count: Int)] {
        guard let first = sites.first else { return [] }
        let names = Dictionary(sites.map { (name(of: $0), $0.relation) }) { first, _ in first }
        var found: [(entry: Int, count: Int)] = []
        var isAmbiguous: [String: Bool] = [:]
        for entry in walk.references {
            let reference = ColumnReference(walk.tape, at: entry)
            if let column = reference.column, MaskTarget.systemColumns.contains(column),
                let relation = reference.qualifier.map({ names[$0] }) ?? first.relation
            {
                throw MaskRefusal(.cannotRewrite(relation, what: "its system column \(column)"))
            }
            try refuseRenamedRow(reference, entry)
            guard let schema = reference.schema, let name = reference.qualifier else { continue }
            let relation = ObjectName(schema: schema, name: name)
            guard plain.contains(relation) else { continue }
            if isAmbiguous[name, default: self.isAmbiguous(name, relation)] {
                throw MaskRefusal(.cannotRewrite(relation, what: "a name that means two things"))
            }
            isAmbiguous[name] = false
            found.append((entry, reference.prefix))
        }
        return found
    }

    private func name(of site: MaskSite) -> String {
        walk.tape.member(.alias, of: site.entry).flatMap { walk.tape.text(.aliasname, of: $0) } ?? site.relation.name
    }

    /// A table's row keeps the names of its columns whatever they are called in FROM; that of a sub-select does not.
    private func refuseRenamedRow(_ reference: ColumnReference, _ entry: Int) throws(MaskRefusal) {
        guard !renamed.isEmpty, let name = reference.qualifier ?? reference.column,
            let (relation, columns) = renamed[name]
        else { return }
        // `t`, and `t.*` but as an item of a list of results; and `t.f`, which is `f(t)` where t has no column f.
        var isRow = reference.qualifier == nil || (reference.isStar && walk.tape[entry - 1].key != .val)
        if let column = reference.column, reference.qualifier != nil { isRow = !columns.contains(column) }
        guard !isRow else {
            throw MaskRefusal(.cannotRewrite(relation, what: "its whole row under other column names"))
        }
    }

    /// The names of its columns in FROM, and in the relation.
    private func columns(of site: MaskSite) -> Set<String> {
        let alias = walk.tape.member(.alias, of: site.entry).map { walk.tape.names(in: $0) } ?? []
        return Set(alias).union(walk.masks.sources[site.relation]?.columns ?? [])
    }

    /// Whether something else of the statement can be meant by this name, once it has no schema.
    private func isAmbiguous(_ name: String, _ relation: ObjectName) -> Bool {
        let own = Set(sites.lazy.filter { $0.relation == relation && !$0.hasAlias }.map(\.entry))
        let tape = walk.tape
        var index = statement
        while index < tape.next(statement) {
            if tape[index].key == .lockingClause {
                index = tape.next(index)
                continue
            }
            if tape[index].key == .aliasname, tape.string(index) == name { return true }
            if tape[index].marks.contains(.relation), tape.member(.alias, of: index) == nil,
                tape.text(.relname, of: index) == name, !own.contains(index)
            {
                return true
            }
            index += 1
        }
        return false
    }
}
