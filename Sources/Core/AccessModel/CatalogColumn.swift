/// A column of a relation of a snapshot.
package struct CatalogColumn: Hashable, Sendable {
    package var name: String
    /// As `format_type` writes it: `text`, `character varying(20)`, `numeric(12,2)`, `public.mood`.
    package var type: String
    package var isNotNull: Bool
    /// For a generated column: the columns of its relation that its expression reads.
    package var generatedFrom: [String]

    package init(name: String, type: String, isNotNull: Bool = false, generatedFrom: [String] = []) {
        self.name = name
        self.type = type
        self.isNotNull = isNotNull
        self.generatedFrom = generatedFrom
    }
}
