internal import AccessModel

/// The masked table that a statement changes.
struct MaskTarget {
    let source: MaskedSource
    /// The name that the statement's expressions know it by.
    let name: String

    static let systemColumns: Set<String> = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"]

    func refuse(_ column: String) throws(MaskRefusal) {
        guard source.masks[column] != nil else { return }
        throw MaskRefusal(.readsTarget(source.relation.name, column: column))
    }

    /// Throws if an expression in these parts of the tape may read a masked column of the target.
    ///
    /// By names alone, so it refuses too much rather than too little: a column of another table with the same name
    /// counts unless it is qualified.
    func refuseReads(in parts: [Int], of walk: MaskWalk) throws(MaskRefusal) {
        let tape = walk.tape
        for part in parts {
            // A star in a sub-query is that of its own FROM.
            var behindQuery = 0
            for index in part..<tape.next(part) {
                if tape[index].key == .selectStmt { behindQuery = max(behindQuery, tape.next(index)) }
                guard tape[index].key == .columnRef else { continue }
                try refuse(ColumnReference(tape, at: index), isInQuery: index < behindQuery)
            }
        }
    }

    private func refuse(_ reference: ColumnReference, isInQuery: Bool) throws(MaskRefusal) {
        let whole = MaskRefusal(.readsTarget(source.relation.name, column: firstMasked))
        guard let qualifier = reference.qualifier else {
            if reference.isStar, !isInQuery { throw whole }
            guard let column = reference.column else { return }
            // The table's own name is its whole row.
            if column == name, !isColumn(column) || source.masks[column] != nil { throw whole }
            return try refuse(column)
        }
        // RETURNING knows the row before and after by these names in newer versions.
        guard qualifier == name || qualifier == "old" || qualifier == "new" else { return }
        guard let column = reference.column else { throw whole }
        try refuse(column)
        // `t.f` is `f(t)` where t has no column f.
        if !isColumn(column), !MaskTarget.systemColumns.contains(column) { throw whole }
    }

    private func isColumn(_ name: String) -> Bool {
        source.columns.contains(name)
    }

    private var firstMasked: String { source.masks.keys.min() ?? "*" }
}
