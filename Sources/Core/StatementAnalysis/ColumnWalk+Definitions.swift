internal import AccessModel

/// What a statement that holds queries shows to them, from outside.
extension ColumnWalk {
    /// The relation that a rule or a policy stands on, a function's parameters.
    func definitionLevel(_ node: Int) -> NameLevel {
        switch tape[node].key {
        case .ruleStmt: relationLevel(tape.member(.relation, of: node), as: ["old", "new"])
        case .createPolicyStmt, .alterPolicyStmt: relationLevel(tape.member(.table, of: node), as: [])
        case .createFunctionStmt: parameterLevel(node)
        default: NameLevel()
        }
    }

    /// Its columns are no effect: the statement is an effect on the relation itself.
    private func relationLevel(_ relation: Int?, as aliases: [String]) -> NameLevel {
        guard let name = relation.flatMap({ base.relationName($0) }), let match = names.relation(name) else {
            return NameLevel()
        }
        let columns = (match.known?.columns ?? []).map { RangeColumn(name: $0.name, origin: nil) }
        let names = aliases.isEmpty ? [name.name] : aliases
        return NameLevel(items: names.map { RangeItem(name: $0, columns: columns, isOpen: match.isOpen) })
    }

    private func parameterLevel(_ node: Int) -> NameLevel {
        let list = tape.member(.parameters, of: node).map { tape.children(of: $0) } ?? []
        let columns = list.compactMap { tape.member(.functionParameter, of: $0) }.compactMap {
            tape.text(.name, of: $0)
        }
        let name = tape.member(.funcname, of: node).flatMap { tape.names(in: $0).last } ?? ""
        return NameLevel(items: [
            RangeItem(name: name, columns: columns.map { RangeColumn(name: $0, origin: nil) })
        ])
    }
}
