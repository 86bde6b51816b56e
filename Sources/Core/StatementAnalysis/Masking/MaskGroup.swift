/// Columns that a GROUP BY must have once a sub-select stands where a table was: grouping by a table's primary key covers
/// its other columns, which a sub-select's columns do not.
struct MaskGroup: Hashable {
    /// The byte of the text where they are put in: before the item that names the key.
    let location: Int
    /// The table's name in its FROM.
    let name: String
    let columns: [String]
    /// Whether its whole row is used.
    let hasRow: Bool

    /// `"c"."email", "c"."note", `
    var text: [UInt8] {
        let items = columns.map { QuotedName.of($0) } + (hasRow ? ["*"] : [])
        return Array(items.map { "\(QuotedName.of(name)).\($0), " }.joined().utf8)
    }

    /// The names of each column reference in it; a star ends in none.
    var references: [[String?]] {
        columns.map { [name, $0] } + (hasRow ? [[name, nil]] : [])
    }
}
