/// A query of a WITH list.
struct WithQuery {
    var name: String
    /// The node of its CommonTableExpr.
    var node: Int
    /// Nil until it was walked; for a recursive one the columns of its first arm, while the second is walked.
    var output: RangeOutput?
    var isRunning = false
}
