/// The name that an output column has without AS: PostgreSQL's `FigureColname`.
extension ColumnWalk {
    func columnName(_ node: Int) -> String {
        label(node).name ?? "?column?"
    }

    /// The name, and whether it is better than that of a cast or a CASE around it.
    private func label(_ node: Int) -> (name: String?, isStrong: Bool) {
        var node = node
        var weak: String?
        while true {
            switch tape[node].key {
            case .collateClause, .aIndirection:
                if let name = lastField(node) { return (name, true) }
                guard let inner = tape.node(.arg, of: node) else { return (weak, false) }
                node = inner
            case .typeCast:
                let type = tape.member(.typeName, of: node).flatMap { tape.member(.names, of: $0) }
                weak = weak ?? type.flatMap { tape.names(in: $0).last }
                guard let inner = tape.node(.arg, of: node) else { return (weak, false) }
                node = inner
            case .caseExpr:
                weak = weak ?? "case"
                guard let inner = tape.node(.defresult, of: node) else { return (weak, false) }
                node = inner
            default:
                guard let name = plainLabel(node) else { return (weak, false) }
                return (name, true)
            }
        }
    }

    /// The last field of an indirection that is a name.
    private func lastField(_ node: Int) -> String? {
        guard tape[node].key == .aIndirection, let list = tape.member(.indirection, of: node) else { return nil }
        return tape.children(of: list).compactMap { tape.member(.string, of: $0) }.last.flatMap {
            tape.text(.sval, of: $0)
        }
    }

    private func plainLabel(_ node: Int) -> String? {
        switch tape[node].key {
        case .columnRef: tape.member(.fields, of: node).flatMap { tape.names(in: $0).last }
        case .funcCall: tape.member(.funcname, of: node).flatMap { tape.names(in: $0).last }
        case .aExpr: tape.text(.kind, of: node) == "AEXPR_NULLIF" ? "nullif" : nil
        case .groupingFunc: "grouping"
        case .subLink: subLinkLabel(node)
        case .aArrayExpr: "array"
        case .rowExpr: "row"
        case .coalesceExpr: "coalesce"
        case .minMaxExpr: tape.text(.setOperation, of: node) == "IS_LEAST" ? "least" : "greatest"
        case .valueFunction: ColumnWalk.valueLabel(tape.text(.setOperation, of: node) ?? "")
        case .xmlExpr: ColumnWalk.xmlLabel(tape.text(.setOperation, of: node) ?? "")
        case .xmlSerialize: "xmlserialize"
        default: nil
        }
    }

    private func subLinkLabel(_ node: Int) -> String? {
        switch tape.text(.subLinkType, of: node) {
        case "EXISTS_SUBLINK": "exists"
        case "ARRAY_SUBLINK": "array"
        case "EXPR_SUBLINK": tape.node(.subselect, of: node).flatMap { firstNames[$0] }
        default: nil
        }
    }

    /// `SVFOP_CURRENT_TIMESTAMP_N` -> `current_timestamp`.
    private static func valueLabel(_ word: String) -> String? {
        guard word.hasPrefix("SVFOP_") else { return nil }
        let name = IdentifierText.lowercased(String(word.dropFirst("SVFOP_".count)))
        return name.hasSuffix("_n") ? String(name.dropLast(2)) : name
    }

    /// `IS_XMLELEMENT` -> `xmlelement`.
    private static func xmlLabel(_ word: String) -> String? {
        guard word.hasPrefix("IS_XML") else { return nil }
        return IdentifierText.lowercased(String(word.dropFirst("IS_".count)))
    }
}
