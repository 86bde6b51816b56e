internal import AccessModel

/// What the name of a relation means to a session.
struct NameScope {
    enum Meaning: Hashable {
        case relation(ObjectName)
        /// The session has made it, or may have: a temporary one, or one of a transaction that is not over. It holds
        /// nothing that the session did not see: over a masked relation nothing is made that keeps more than masks.
        case made
        case unknown
    }

    let catalog: Catalog
    let path: SearchPath

    func meaning(of name: ObjectName) -> Meaning {
        if let schema = name.schema {
            if SearchPath.isTemporary(schema) { return .made }
            if catalog.relations[name] != nil { return .relation(name) }
            return path.made.contains(name) ? .made : .unknown
        }
        if path.made.contains(ObjectName(schema: "pg_temp", name: name.name)) { return .made }
        for schema in path.schemas {
            let candidate = ObjectName(schema: schema, name: name.name)
            if path.made.contains(candidate) { return .made }
            if catalog.relations[candidate] != nil { return .relation(candidate) }
        }
        return .unknown
    }
}
