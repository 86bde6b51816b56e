internal import AccessModel

/// The syntax of a sub-select by itself, to compare what the parser makes of it inside of a statement.
enum SubselectShape {
    private static let path: [StaticString] = [
        "stmts", "stmt", "SelectStmt", "fromClause", "RangeSubselect", "subquery",
    ]

    /// `text` has its parentheses. Throws unless it is one query that reads this relation, once, and no other.
    static func of(_ text: [UInt8], of name: ObjectName) throws(MaskRefusal) -> [UInt8] {
        let text = Array("SELECT FROM ".utf8) + text + Array(" AS t".utf8)
        return try ParsedText.with(text, limits: AnalysisLimits()) { (parsed) throws(MaskRefusal) -> [UInt8] in
            let relations = parsed.tape.all.filter { parsed.tape[$0].marks.contains(.relation) }
            guard relations.count == 1, parsed.tape.text(.relname, of: relations[0]) == name.name,
                parsed.tape.text(.schemaname, of: relations[0]) == name.schema,
                let query = parsed.tree.value(at: path, of: 0)
            else { throw .differs }
            return TreeShape.of(parsed.tree, at: query)
        }
    }
}
