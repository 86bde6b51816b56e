/// `column`, `table.column`, `schema.table.column`, or `*` in place of the column.
struct ColumnReference {
    let names: [String]
    let isStar: Bool

    /// The ColumnRef of the tape at `index`.
    init(_ tape: SyntaxTape, at index: Int) {
        let names = tape.names(in: index)
        let fields = tape.children(of: index).first { tape[$0].marks.contains(.array) }
        // Subscripts are not of the reference itself, so what is no name is a star.
        isStar = fields.map { tape.children(of: $0).count > names.count } ?? true
        self.names = names
    }

    /// Nil for a star.
    var column: String? { isStar ? nil : names.last }

    private var qualifiers: ArraySlice<String> { isStar ? names[...] : names.dropLast() }

    /// The table's name or alias.
    var qualifier: String? { qualifiers.last }

    var schema: String? { qualifiers.dropLast().last }

    /// How many names stand before the table's: its schema, the database.
    var prefix: Int { max(0, qualifiers.count - 1) }
}
