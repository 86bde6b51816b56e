/// What a view reads: a relation, and which of its columns.
package struct CatalogDependency: Hashable, Sendable {
    package var relation: ObjectName
    /// Sorted; empty where it is read without naming a column (`count(*)`). All of the relation's columns where the view
    /// reads a whole row (`to_json(t)`): `pg_depend` does not say so, the rule's tree does (`:varattno 0`).
    package var columns: [String]

    package init(relation: ObjectName, columns: [String]) {
        self.relation = relation
        self.columns = columns
    }
}
