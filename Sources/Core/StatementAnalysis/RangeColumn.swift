/// A column that a name in a query can mean.
struct RangeColumn {
    var name: String
    /// Where reading it is an effect; nil where its query has counted that already, or nothing is read.
    var origin: Origin?

    /// A column of a relation: `relation` counts in `ColumnWalk.sources`.
    struct Origin {
        var relation: Int
        var column: String
    }
}
