internal import AccessModel

/// What concerns the session: settings, transactions, prepared statements, cursors, EXPLAIN, COPY, channels.
extension EffectWalk {
    mutating func sessionStatement(_ node: Int) throws(AnalysisRefusal) -> String? {
        switch tape[node].key {
        case .variableSetStmt: return set(node)
        case .variableShowStmt: return "SHOW"
        case .discardStmt: return discard(node)
        case .constraintsSetStmt: return "SET CONSTRAINTS"
        case .transactionStmt: return try transaction(node)
        case .prepareStmt: return try prepare(node)
        case .executeStmt: return try execute(node)
        case .deallocateStmt:
            session.append(.deallocates(name: tape.text(.name, of: node)))
            return "DEALLOCATE"
        case .declareCursorStmt: return try unwrapped(node, "DECLARE CURSOR")
        case .fetchStmt: return "FETCH"
        case .closePortalStmt: return "CLOSE"
        case .explainStmt: return try unwrapped(node, "EXPLAIN")
        case .copyStmt: return try copy(node)
        case .listenStmt: return channel(node, .listen, "LISTEN")
        case .notifyStmt: return channel(node, .notify, "NOTIFY")
        case .unlistenStmt: return "UNLISTEN"
        case .doStmt: return try doBlock(node)
        case .callStmt: return try procedure(node)
        default: return nil
        }
    }

    /// A statement that holds another one: EXPLAIN plans it and ANALYZE runs it, DECLARE opens it.
    private mutating func unwrapped(_ node: Int, _ kind: String) throws(AnalysisRefusal) -> String {
        guard let query = tape.member(.query, of: node) else { throw .notUnderstood(kind) }
        try statement(query + 1)
        return kind
    }

    private mutating func channel(_ node: Int, _ action: Action, _ kind: String) -> String {
        add(action, ObjectName(name: tape.text(.conditionname, of: node) ?? ""))
        return kind
    }

    private mutating func discard(_ node: Int) -> String {
        if tape.text(.target, of: node) ?? "DISCARD_ALL" == "DISCARD_ALL" {
            session += [.resetsSession, .deallocates(name: nil)]
        }
        return "DISCARD"
    }

    private mutating func transaction(_ node: Int) throws(AnalysisRefusal) -> String {
        switch tape.text(.kind, of: node) ?? "TRANS_STMT_BEGIN" {
        case "TRANS_STMT_BEGIN", "TRANS_STMT_START": return transaction(.begin, "BEGIN")
        case "TRANS_STMT_COMMIT": return transaction(.commit, "COMMIT")
        case "TRANS_STMT_ROLLBACK": return transaction(.rollback, "ROLLBACK")
        case "TRANS_STMT_SAVEPOINT": return transaction(.savepoint, "SAVEPOINT")
        case "TRANS_STMT_RELEASE": return transaction(.release, "RELEASE")
        case "TRANS_STMT_ROLLBACK_TO": return transaction(.rollbackToSavepoint, "ROLLBACK TO SAVEPOINT")
        case "TRANS_STMT_PREPARE": return twoPhase(node, "PREPARE TRANSACTION")
        case "TRANS_STMT_COMMIT_PREPARED": return twoPhase(node, "COMMIT PREPARED")
        case "TRANS_STMT_ROLLBACK_PREPARED": return twoPhase(node, "ROLLBACK PREPARED")
        default: throw .notUnderstood("this transaction statement")
        }
    }

    private mutating func transaction(_ verb: TransactionVerb, _ words: String) -> String {
        session.append(.transaction(verb))
        return words
    }

    private mutating func twoPhase(_ node: Int, _ words: String) -> String {
        add(.twoPhase, ObjectName(name: tape.text(.gid, of: node) ?? ""))
        return words
    }

    private mutating func prepare(_ node: Int) throws(AnalysisRefusal) -> String {
        guard let query = tape.member(.query, of: node) else { throw .notUnderstood("PREPARE") }
        let statement = try analyzed(query + 1, range: 0..<0)
        session.append(.prepares(name: tape.text(.name, of: node) ?? "", statement: statement))
        return "PREPARE"
    }

    private mutating func execute(_ node: Int) throws(AnalysisRefusal) -> String {
        session.append(.executes(name: tape.text(.name, of: node) ?? ""))
        try walk(tape.inside(node))
        return "EXECUTE"
    }

    private mutating func copy(_ node: Int) throws(AnalysisRefusal) -> String {
        let isFrom = tape.isTrue(.isFrom, of: node)
        if let relation = tape.member(.relation, of: node).flatMap({ relationName($0) }) {
            let columns = tape.member(.attlist, of: node).map { Array(Set(tape.names(in: $0))).sorted() }
            add(isFrom ? .insert : .select, relation, .relation, columns: columns)
            copies = true
        }
        let file = tape.text(.filename, of: node)
        if tape.isTrue(.isProgram, of: node) {
            add(.serverProgram, ObjectName(name: file ?? ""))
        } else if let file {
            add(.serverFile, ObjectName(name: file))
        }
        try walkMembers(of: node, except: [.relation])
        return "COPY"
    }

    private mutating func doBlock(_ node: Int) throws(AnalysisRefusal) -> String {
        add(.do, ObjectName(name: option("language", of: tape.member(.args, of: node)) ?? "plpgsql"))
        return "DO"
    }

    private mutating func procedure(_ node: Int) throws(AnalysisRefusal) -> String {
        guard let call = tape.member(.funccall, of: node), let names = tape.member(.funcname, of: call),
            let name = qualified(tape.names(in: names))
        else { throw .notUnderstood("CALL") }
        add(.execute, name, .function)
        try walkMembers(of: call, except: [.funcname])
        return "CALL"
    }

    /// The string of an option in a list of `name value` pairs.
    func option(_ name: String, of list: Int?) -> String? {
        guard let list else { return nil }
        for element in tape.children(of: list) {
            guard let pair = tape.member(.defElem, of: element), tape.text(.defname, of: pair) == name else { continue }
            return tape.first(.sval, inside: pair).map { tape.string($0) }
        }
        return nil
    }
}
