package import AccessModel

/// The schemas that a name without schema is looked up in.
package struct SearchPath: Sendable, Hashable {
    /// What `current_schemas(true)` says, in order, with the implicit ones.
    package var schemas: [String]
    /// The names of the relations of pg_catalog.
    package var catalogRelations: Set<String>
    /// Relations that this session has made, or may have, and that no snapshot holds: its temporary ones (in `pg_temp`)
    /// and those of a transaction that is not over. Their columns are not known: using one is an effect on whole rows.
    package var made: Set<ObjectName>

    package init(schemas: [String], catalogRelations: Set<String>, made: Set<ObjectName> = []) {
        self.schemas = schemas
        self.catalogRelations = catalogRelations
        self.made = made
    }

    /// A session's own temporary schema: `pg_temp`, `pg_temp_3`.
    static func isTemporary(_ schema: String) -> Bool {
        schema == "pg_temp" || schema.hasPrefix("pg_temp_")
    }

    /// Whether pg_catalog is searched before every schema that someone can create objects in.
    ///
    /// Functions and types are never looked up in a temporary schema; a temporary relation is the session's own.
    var looksInCatalogFirst: Bool {
        schemas.first { !SearchPath.isTemporary($0) } == "pg_catalog"
    }

    /// Neither pg_catalog nor temporary.
    var ordinary: [String] {
        schemas.filter { $0 != "pg_catalog" && !SearchPath.isTemporary($0) }
    }
}
