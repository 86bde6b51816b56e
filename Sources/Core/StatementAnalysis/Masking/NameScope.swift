internal import AccessModel

/// What the name of a relation means to a session.
struct NameScope {
    enum Meaning: Hashable {
        case relation(ObjectName)
        /// The session's own.
        case temporary
        case unknown
    }

    let catalog: Catalog
    let path: SearchPath
    /// The session's own temporary relations, by name.
    let temporary: Set<String>

    func meaning(of name: ObjectName) -> Meaning {
        if let schema = name.schema {
            if SearchPath.isTemporary(schema) { return .temporary }
            return catalog.relations[name] != nil ? .relation(name) : .unknown
        }
        // PostgreSQL looks there first, unless the path says where.
        let isListed = path.schemas.contains { SearchPath.isTemporary($0) }
        if !isListed, temporary.contains(name.name) { return .temporary }
        for schema in path.schemas {
            if SearchPath.isTemporary(schema) {
                if temporary.contains(name.name) { return .temporary }
                continue
            }
            let candidate = ObjectName(schema: schema, name: name.name)
            if catalog.relations[candidate] != nil { return .relation(candidate) }
        }
        return .unknown
    }
}
