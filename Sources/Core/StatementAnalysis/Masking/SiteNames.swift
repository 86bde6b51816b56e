internal import AccessModel

/// How one statement names the masked relations that it reads, and what of that a sub-select does not have.
struct SiteNames {
    private let walk: MaskWalk
    private let statement: Int
    private let sites: ArraySlice<MaskSite>

    init(_ walk: MaskWalk, _ statement: Int, _ sites: ArraySlice<MaskSite>) {
        (self.walk, self.statement, self.sites) = (walk, statement, sites)
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
            guard let schema = reference.schema, let name = reference.qualifier,
                let relation = plain(ObjectName(schema: schema, name: name))
            else { continue }
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

    /// The relation, if the statement reads it under its own name.
    private func plain(_ name: ObjectName) -> ObjectName? {
        sites.contains { $0.relation == name && !$0.hasAlias && $0.copy == nil } ? name : nil
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
