package import AccessModel

extension AnalyzedStatement {
    /// The effects that must be allowed, to the column: every name looked up in a snapshot of the target's catalog.
    ///
    /// Columns of a SELECT are all that the statement's text reads, wherever it does (a filter, a join, a sub-query whose
    /// result is thrown away); they are empty where rows are counted and no column is named (`count(*)`), and nil for a
    /// relation whose columns are not known (`SearchPath.made`). Changes read too: `UPDATE t SET a = 1 WHERE b = 2` is
    /// `update t(a)` and `select t(b)`. A view, a parent table or a generated column is what it is named, not what is
    /// behind it.
    ///
    /// GAP: `*` and whole rows are the columns that the snapshot has. A column that was added since is read unseen until
    /// the next snapshot. Casts that PostgreSQL adds by itself, and what triggers, rules, views and defaults call, are
    /// not effects of the statement.
    ///
    /// Throws `.unknownName` for a name that means nothing in the snapshot, or several things.
    package func effects(in catalog: Catalog, path: SearchPath) throws(AnalysisRefusal) -> [Effect] {
        guard let place else { throw .notUnderstood("a statement without its syntax tree") }
        return try place.tree.withTape { (tape) throws(AnalysisRefusal) in
            var walk = ColumnWalk(
                tape: tape,
                tree: place.tree,
                names: CatalogNames(catalog: catalog, path: path)
            )
            return try walk.effects(of: place.node)
        }
    }
}
