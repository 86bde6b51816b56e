/// What a view reads: a relation, and which of its columns.
package struct CatalogDependency: Hashable, Sendable {
    package var relation: ObjectName
    /// Sorted; empty where it is read without naming a column (`count(*)`).
    package var columns: [String]

    package init(relation: ObjectName, columns: [String]) {
        self.relation = relation
        self.columns = columns
    }
}
