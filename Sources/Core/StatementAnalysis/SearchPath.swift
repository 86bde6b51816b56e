/// The schemas that a name without schema is looked up in.
package struct SearchPath: Sendable, Hashable {
    /// What `current_schemas(true)` says, in order, with the implicit ones.
    package var schemas: [String]
    /// The names of the relations of pg_catalog.
    package var catalogRelations: Set<String>

    package init(schemas: [String], catalogRelations: Set<String>) {
        self.schemas = schemas
        self.catalogRelations = catalogRelations
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
