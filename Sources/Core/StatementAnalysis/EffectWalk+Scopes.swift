internal import AccessModel

/// What a name means where it stands: WITH queries, row locks, relations.
extension EffectWalk {
    /// WITH queries that may be seen from one place: every relation is compared with all of them.
    private static var visibleLimit: Int { 256 }

    /// An object with WITH, INTO or row locks.
    mutating func scope(_ node: Int) throws(AnalysisRefusal) {
        let hidden = try enterWith(node)
        let held = locked.count
        defer {
            visible.removeLast(visible.count - hidden)
            locked.removeLast(locked.count - held)
        }
        if let into = tape.member(.intoClause, of: node), let relation = tape.member(.rel, of: into) {
            created(relation)
        }
        if let clauses = tape.member(.lockingClause, of: node) { lock(clauses, of: node) }
        try walkMembers(of: node, except: [.withClause, .intoClause, .lockingClause])
    }

    /// Walks the WITH queries of a node and makes their names visible; returns how many were visible before.
    ///
    /// WITH RECURSIVE shows every name to every query of its list, WITH shows the earlier ones to the later ones.
    mutating func enterWith(_ node: Int) throws(AnalysisRefusal) -> Int {
        let before = visible.count
        guard let clause = tape.member(.withClause, of: node) else { return before }
        guard let list = tape.member(.ctes, of: clause) else { throw .notUnderstood("WITH") }
        let isRecursive = tape.isTrue(.recursive, of: clause)
        let queries = tape.children(of: list).compactMap { tape.member(.commonTableExpr, of: $0) }
        guard before + queries.count <= EffectWalk.visibleLimit else { throw .tooDeep }
        let names = queries.map { tape.text(.ctename, of: $0) ?? "" }
        if isRecursive { visible.append(contentsOf: names) }
        for (query, name) in zip(queries, names) {
            try nested(query)
            if !isRecursive { visible.append(name) }
        }
        return before
    }

    /// Row locks reach the relations of this level's FROM, those in its sub-queries too; OF names some of them.
    mutating func lock(_ clauses: Int, of node: Int) {
        guard let from = tape.member(.fromClause, of: node) else { return }
        let names = Set(
            tape.inside(clauses).filter { tape[$0].marks.contains(.relation) }.compactMap { relationName($0)?.name }
        )
        let isUnlimited = tape.children(of: clauses).contains { tape.first(.lockedRels, inside: $0) == nil }
        guard !isUnlimited, !names.isEmpty else { return locked.append(tape.inside(from)) }
        var found: Set<String> = []
        var parts: [Range<Int>] = []
        for index in tape.inside(from) where tape[index].marks.contains(.object) {
            guard let name = fromName(index), names.contains(name) else { continue }
            found.insert(name)
            parts.append(index..<tape.next(index))
        }
        // Many parts would be searched for every relation; all of FROM is more than was asked, never less.
        locked.append(contentsOf: found == names && parts.count <= 64 ? parts : [tape.inside(from)])
    }

    /// The name by which an item of FROM is known.
    private func fromName(_ item: Int) -> String? {
        let isRelation = tape[item].marks.contains(.relation)
        guard isRelation || tape[item].key == .rangeSubselect else { return nil }
        let alias = tape.member(.alias, of: item).flatMap { tape.text(.aliasname, of: $0) }
        return alias ?? (isRelation ? relationName(item)?.name : nil)
    }

    /// A relation that is used where it stands, unless its name is that of a WITH query.
    mutating func relation(_ index: Int, _ action: Action) {
        guard let name = relationName(index) else { return }
        if action == .select, name.schema == nil, visible.contains(name.name) { return }
        add(action, name, .relation)
        if isLocked(index) { add(.lock, name, .relation) }
    }

    /// Whether FOR UPDATE and the like lock the rows of the relation that stands here.
    func isLocked(_ index: Int) -> Bool {
        locked.contains { $0.contains(index) }
    }

    /// A RangeVar's name. The database part can only be the session's own.
    func relationName(_ index: Int) -> ObjectName? {
        tape.text(.relname, of: index).map { ObjectName(schema: tape.text(.schemaname, of: index), name: $0) }
    }

    /// The name of a relation that is made: `pg_temp` for a temporary one.
    func createdName(_ index: Int) -> ObjectName? {
        guard var name = relationName(index) else { return nil }
        if name.schema == nil, let persistence = tape.member(.relpersistence, of: index),
            tape.isString(persistence, "t")
        {
            name.schema = "pg_temp"
        }
        return name
    }

    mutating func created(_ index: Int?) {
        if let name = index.flatMap({ createdName($0) }) { add(.create, name, .relation) }
    }
}
