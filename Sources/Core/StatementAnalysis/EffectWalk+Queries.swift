internal import AccessModel

/// SELECT, INSERT, UPDATE, DELETE, MERGE, and the scopes of their WITH queries.
extension EffectWalk {
    mutating func query(_ node: Int) throws(AnalysisRefusal) -> String? {
        if deferred != nil, let words = EffectWalk.deferredWords(tape[node].key) {
            deferred?.append(node)
            return words
        }
        switch tape[node].key {
        case .selectStmt:
            if tape[node].marks.contains(.scope) { try scope(node) } else { try walk(tape.inside(node)) }
            return "SELECT"
        case .insertStmt:
            try insert(node)
            return "INSERT"
        case .updateStmt:
            try change(node, .update, columns: targets(of: node))
            return "UPDATE"
        case .deleteStmt:
            try change(node, .delete, columns: nil)
            return "DELETE"
        case .mergeStmt:
            try merge(node)
            return "MERGE"
        case .returnStmt:
            try walk(tape.inside(node))
            return "RETURN"
        default: return nil
        }
    }

    private static func deferredWords(_ key: SyntaxKey) -> String? {
        switch key {
        case .selectStmt: "SELECT"
        case .insertStmt: "INSERT"
        case .updateStmt: "UPDATE"
        case .deleteStmt: "DELETE"
        case .mergeStmt: "MERGE"
        default: nil
        }
    }

    private mutating func insert(_ node: Int) throws(AnalysisRefusal) {
        rowChanges += 1
        let hidden = try enterWith(node)
        defer { visible.removeLast(visible.count - hidden) }
        guard let target = target(of: node) else { throw .notUnderstood("INSERT") }
        add(.insert, target, .relation, columns: columns(tape.member(.cols, of: node)))
        if let conflict = tape.member(.onConflictClause, of: node), let action = tape.member(.action, of: conflict),
            !tape.isString(action, "ONCONFLICT_NOTHING")
        {
            add(.update, target, .relation, columns: targets(of: conflict))
        }
        if tape.member(.returningList, of: node) != nil { add(.select, target, .relation) }
        try walkMembers(of: node, except: [.relation, .withClause])
    }

    private mutating func change(_ node: Int, _ action: Action, columns: [String]?) throws(AnalysisRefusal) {
        rowChanges += 1
        let hidden = try enterWith(node)
        defer { visible.removeLast(visible.count - hidden) }
        guard let target = target(of: node) else { throw .notUnderstood("a change without a table") }
        add(action, target, .relation, columns: columns)
        try walkMembers(of: node, except: [.relation, .withClause])
    }

    private mutating func merge(_ node: Int) throws(AnalysisRefusal) {
        rowChanges += 1
        let hidden = try enterWith(node)
        defer { visible.removeLast(visible.count - hidden) }
        guard let target = target(of: node), let clauses = tape.member(.mergeWhenClauses, of: node) else {
            throw .notUnderstood("MERGE")
        }
        for clause in tape.children(of: clauses) {
            guard let node = tape.member(.mergeWhenClause, of: clause) else { throw .notUnderstood("MERGE") }
            let command = tape.text(.commandType, of: node)
            switch command {
            case "CMD_UPDATE": add(.update, target, .relation, columns: targets(of: node))
            case "CMD_INSERT": add(.insert, target, .relation, columns: targets(of: node))
            case "CMD_DELETE": add(.delete, target, .relation)
            case "CMD_NOTHING": add(.select, target, .relation)
            default: throw .notUnderstood("MERGE")
            }
        }
        try walkMembers(of: node, except: [.relation, .withClause])
    }

    /// The table that a statement changes: never a WITH query, whatever its name.
    private func target(of node: Int) -> ObjectName? {
        tape.member(.relation, of: node).flatMap { relationName($0) }
    }

    private func targets(of node: Int) -> [String]? {
        columns(tape.member(.targetList, of: node))
    }

    /// The names of a list of assigned columns, sorted; nil without a list.
    private func columns(_ list: Int?) -> [String]? {
        guard let list else { return nil }
        var names: [String] = []
        for element in tape.children(of: list) {
            guard let target = tape.member(.resTarget, of: element), let name = tape.text(.name, of: target) else {
                return nil
            }
            names.append(name)
        }
        return names.count > 1 ? Array(Set(names)).sorted() : names
    }
}
