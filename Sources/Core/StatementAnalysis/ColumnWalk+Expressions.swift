internal import AccessModel

/// Expressions: flat over the tape, so their depth costs no stack.
extension ColumnWalk {
    /// Walks all that stands under `holder`.
    mutating func expressions(_ holder: Int) throws(AnalysisRefusal) {
        var index = holder + 1
        let end = tape.next(holder)
        while index < end {
            let entry = tape[index]
            switch entry.key {
            case .columnRef:
                try column(index)
                index = tape.next(index)
            case .selectStmt:
                _ = try query(index)
                index = tape.next(index)
            case .funcCall where try isProjection(index): index += 1
            case .subLink:
                // `x IN (SELECT …)` compares by `=` without naming it.
                if tape.member(.testexpr, of: index) != nil, tape.member(.operName, of: index) == nil {
                    base.operators.insert(.equality)
                }
                index = base.leaf(index, entry.key)
            default:
                if entry.marks.contains(.statement) {
                    try statement(index)
                    index = tape.next(index)
                } else if entry.marks.contains(.relation) || entry.marks.contains(.scope) {
                    throw .notUnderstood("a relation in an expression")
                } else {
                    index = base.leaf(index, entry.key)
                }
            }
        }
    }

    /// `c(t)` for `t.c`: one argument that is a whole row, a name that no function has.
    private func isProjection(_ call: Int) throws(AnalysisRefusal) -> Bool {
        guard let list = tape.member(.funcname, of: call), let arguments = tape.member(.args, of: call) else {
            return false
        }
        let path = tape.names(in: list)
        guard path.count == 1, !names.isBuiltin(path[0]), names.functions(ObjectName(name: path[0])).isEmpty,
            tape.children(of: arguments).count == 1, let argument = tape.node(in: arguments + 1),
            tape[argument].key == .columnRef, let fields = tape.member(.fields, of: argument)
        else { return false }
        let row = tape.names(in: fields)
        guard row.count == 1, let item = try? namedItem(row[0]) else { return false }
        return item.column(path[0]) != nil
    }
}
