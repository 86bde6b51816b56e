internal import AccessModel

/// INSERT, UPDATE, DELETE, MERGE and COPY: what they change stays as it is, so they may not read its masked columns.
extension MaskWalk {
    /// The source of an INSERT cannot see the table that it goes to.
    mutating func insert(_ node: Int) throws(MaskRefusal) {
        let outer = try enterWith(node)
        defer { visible.removeLast(visible.count - outer) }
        if let target = try target(of: node) {
            let conflict = tape.member(.onConflictClause, of: node)
            let parts = [conflict, tape.member(.returningList, of: node)].compactMap { $0 }
            try target.refuseReads(in: parts, of: self)
            if let conflict { try refuseInference(conflict, target, tape.member(.cols, of: node)) }
        }
        try walkMembers(of: node, except: [.relation, .withClause])
    }

    /// UPDATE, DELETE and MERGE. What they read from cannot see their target.
    mutating func change(_ node: Int, source: Set<SyntaxKey>) throws(MaskRefusal) {
        let outer = try enterWith(node)
        defer { visible.removeLast(visible.count - outer) }
        if let target = try target(of: node) {
            let parts = tape.children(of: node).filter {
                tape[$0].key != .relation && tape[$0].key != .withClause && !source.contains(tape[$0].key)
            }
            try target.refuseReads(in: parts, of: self)
        }
        try walkMembers(of: node, except: [.relation, .withClause])
    }

    /// The table that a statement changes, if it is masked. It is never a WITH query, whatever its name.
    private func target(of node: Int) throws(MaskRefusal) -> MaskTarget? {
        guard let index = tape.member(.relation, of: node), let name = name(of: index) else { throw .notParsed }
        let found = try masked(name)
        if case .relation(let relation) = scope.meaning(of: name), masks.catalog.relations[relation]?.hasRules == true {
            throw MaskRefusal(.rules(relation))
        }
        guard let found, let source = masks.sources[found] else { return nil }
        if context == .plan { throw MaskRefusal(.explained(found)) }
        if case .kept(let kind) = context { throw MaskRefusal(.kept(found, kind: kind)) }
        let alias = tape.member(.alias, of: index).flatMap { tape.text(.aliasname, of: $0) }
        return MaskTarget(source: source, name: alias ?? name.name)
    }

    /// ON CONFLICT tells whether a value is there already, without the noise of an error.
    private func refuseInference(_ conflict: Int, _ target: MaskTarget, _ columns: Int?) throws(MaskRefusal) {
        let infer = tree.member("infer", of: Int(tape[conflict].start))
        let elements = infer.flatMap { tree.member("indexElems", of: $0) }.map { $0..<tree.end(of: $0) }
        for index in tape.inside(conflict) where tape[index].key == .name && tape[index].marks.contains(.string) {
            guard elements?.contains(Int(tape[index].start)) == true else { continue }
            try target.refuse(tape.string(index))
        }
        guard elements == nil else { return }
        // Any unique index, or one by its name: the columns are not known.
        let written = columns.map { list in
            tape.inside(list).filter { tape[$0].key == .name && tape[$0].marks.contains(.string) }
                .map { tape.string($0) }
        }
        for column in written ?? target.source.masks.keys.sorted() { try target.refuse(column) }
    }

    // MARK: - COPY

    mutating func copy(_ node: Int) throws(MaskRefusal) {
        if let index = tape.member(.relation, of: node), !tape.isTrue(.isFrom, of: node),
            let name = name(of: index), let found = try masked(name), let source = masks.sources[found]
        {
            guard source.relation.kind == .table else {
                throw MaskRefusal(.cannotRewrite(found, what: "COPY of what is not a plain table"))
            }
            let list = tape.member(.attlist, of: node)
            // As COPY does it: generated columns are not given out unless they are named.
            let all = source.relation.columns.filter(\.generatedFrom.isEmpty).map(\.name)
            let columns = list.map { tape.names(in: $0) } ?? all
            let start = Int(tape[index].start)
            sites.append(
                MaskSite(
                    relation: found,
                    entry: index,
                    location: tree.number("location", of: start) ?? 0,
                    isOnly: true,
                    hasAlias: false,
                    copy: .init(statement: node, columns: columns, hasList: list != nil)
                )
            )
        }
        try walkMembers(of: node, except: [.relation])
    }
}
