internal import AccessModel

/// Looks names up in a snapshot as PostgreSQL does in its catalog.
struct CatalogNames {
    let catalog: Catalog
    let path: SearchPath

    /// The relation that a name means; nil where there is none.
    func relation(_ name: ObjectName) -> RelationMatch? {
        guard let schema = name.schema else { return unqualified(name.name) }
        if SearchPath.isTemporary(schema) { return RelationMatch(made: [name]) }
        let known = catalog.relations[name]
        let made = path.made.contains(name) ? [name] : []
        return known == nil && made.isEmpty ? nil : RelationMatch(known: known, made: made)
    }

    /// What the session made may be gone again (ROLLBACK), so the next one in the path counts too.
    private func unqualified(_ name: String) -> RelationMatch? {
        var match = RelationMatch()
        if !path.made.isEmpty {
            let temporary = ObjectName(schema: "pg_temp", name: name)
            if path.made.contains(temporary) { match.made.append(temporary) }
        }
        for schema in path.schemas where !SearchPath.isTemporary(schema) {
            let candidate = ObjectName(schema: schema, name: name)
            if path.made.contains(candidate) { match.made.append(candidate) }
            if let known = catalog.relations[candidate] {
                match.known = known
                break
            }
        }
        return match.known == nil && match.made.isEmpty ? nil : match
    }

    /// The functions of this name that users defined and that a call may mean: PostgreSQL chooses among all schemas of
    /// the path by the types of the arguments, which are not known here.
    func functions(_ name: ObjectName) -> [CatalogFunction] {
        let all = catalog.functions[name.name] ?? []
        return all.filter { $0.name.schema != "pg_catalog" && mayMean(name, $0.name) }
    }

    func isBuiltin(_ name: String) -> Bool {
        if BuiltinFunctions.mayHave(name) { return true }
        return (catalog.functions[name] ?? []).contains { $0.name.schema == "pg_catalog" }
    }

    /// The functions that operators of this name, or casts to a type of this name, call.
    ///
    /// One that is immutable and in C or internal is left out: a superuser installed it, and it reads its operands alone.
    func operatorFunctions(_ name: ObjectName) -> [ObjectName] {
        (catalog.operators[name.name] ?? []).filter { mayMean(name, $0.name) }.map(\.function).filter { function in
            let all = (catalog.functions[function.name] ?? []).filter { $0.name == function }
            return all.isEmpty || !all.allSatisfy { $0.volatility == "i" && ["c", "internal"].contains($0.language) }
        }
    }

    func hasOperator(_ name: ObjectName) -> Bool {
        (catalog.operators[name.name] ?? []).contains { mayMean(name, $0.name) }
    }

    private func mayMean(_ name: ObjectName, _ candidate: ObjectName) -> Bool {
        guard let schema = name.schema else { return candidate.schema.map { path.schemas.contains($0) } ?? false }
        return schema == candidate.schema
    }
}
