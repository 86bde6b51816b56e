package import AccessModel

extension UnresolvedEffect {
    /// The effects that must be allowed when a name without schema is looked up in this path.
    ///
    /// Without a snapshot of the target's catalog nobody knows which schema of the path has the object, so every
    /// candidate must be allowed. No candidate at all gives schema `?`, which nothing covers.
    package func resolved(in path: SearchPath) -> [Effect] {
        guard object.schema == nil else { return [effect(in: object.schema)] }
        switch kind {
        case .relation: return effects(in: action == .create ? creation(path) : relation(path))
        case .function: return effects(in: action == .create ? creation(path) : function(path))
        case .type: return effects(in: action == .create ? creation(path) : path.ordinary)
        case .builtin: return path.looksInCatalogFirst ? [] : effects(in: path.ordinary + ["pg_catalog"])
        case .schema, .other: return [effect(in: nil)]
        }
    }

    private func relation(_ path: SearchPath) -> [String] {
        guard path.catalogRelations.contains(object.name) else { return path.ordinary }
        guard !path.looksInCatalogFirst else { return ["pg_catalog"] }
        return path.ordinary + ["pg_catalog"]
    }

    /// A built-in that is not safe, and what a newer server may have built in, counts as a candidate too.
    private func function(_ path: SearchPath) -> [String] {
        BuiltinFunctions.mayHave(object.name) ? path.ordinary + ["pg_catalog"] : path.ordinary
    }

    /// New objects go to the first schema of the path.
    ///
    /// GAP: a path that names pg_catalog first would create there, which PostgreSQL lets superusers alone do; such a
    /// caller is judged by the next schema.
    private func creation(_ path: SearchPath) -> [String] {
        path.ordinary.first.map { [$0] } ?? []
    }

    private func effects(in schemas: [String]) -> [Effect] {
        schemas.isEmpty ? [effect(in: "?")] : schemas.map { effect(in: $0) }
    }

    private func effect(in schema: String?) -> Effect {
        Effect(action: action, object: ObjectName(schema: schema, name: object.name), columns: columns)
    }
}
