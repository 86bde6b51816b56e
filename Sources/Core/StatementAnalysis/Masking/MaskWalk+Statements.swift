internal import AccessModel

/// The kinds of statements, and the scopes of WITH.
extension MaskWalk {
    /// The statements of the text; `finish` is called behind each.
    mutating func statements(
        _ finish: (inout MaskWalk, _ statement: Int) throws(MaskRefusal) -> Void
    ) throws(MaskRefusal) {
        guard let list = tape.member(.stmts, of: 0) else { return }
        for raw in tape.children(of: list) {
            guard let holder = tape.member(.stmt, of: raw), holder + 1 < tape.next(raw) else { throw .notParsed }
            references.removeAll(keepingCapacity: true)
            try statement(holder + 1)
            try finish(&self, holder + 1)
        }
    }

    mutating func statement(_ node: Int) throws(MaskRefusal) {
        try deeper { (walk) throws(MaskRefusal) in
            let outer = walk.context
            defer { walk.context = outer }
            try walk.gather(node)
        }
    }

    private mutating func gather(_ node: Int) throws(MaskRefusal) {
        switch tape[node].key {
        case .selectStmt: try select(node)
        case .insertStmt: try insert(node)
        case .updateStmt, .deleteStmt: try change(node, source: [.fromClause, .usingClause])
        case .mergeStmt: try change(node, source: [.sourceRelation])
        case .copyStmt: try copy(node)
        case .prepareStmt, .declareCursorStmt: try walkMembers(of: node)
        case .createTableAsStmt: try createTableAs(node)
        case .explainStmt:
            if context == .rows { context = .plan }
            try walkMembers(of: node)
        case .executeStmt:
            // What it runs is known to the session alone.
            if context == .plan { throw MaskRefusal(.function("EXPLAIN EXECUTE")) }
            try walkMembers(of: node)
        // They lock, empty or tidy up, and show no row.
        case .truncateStmt, .lockStmt, .vacuumStmt, .reindexStmt, .refreshMatViewStmt: break
        case .clusterStmt: try order(node)
        case .createFunctionStmt: try createFunction(node)
        case .variableSetStmt, .variableShowStmt: try setting(node)
        default: try keep(node, MaskWalk.words(tape[node].key))
        }
    }

    /// A statement of which nothing is known but that its rows do not just go to the caller.
    private mutating func keep(_ node: Int, _ kind: String) throws(MaskRefusal) {
        if context == .rows { context = .kept(kind) }
        try walkMembers(of: node)
    }

    private mutating func select(_ node: Int) throws(MaskRefusal) {
        if tape[node].marks.contains(.scope) { try nested(node) } else { try walk(tape.inside(node)) }
    }

    /// An object with WITH, INTO or row locks. A row lock reaches through a sub-select to its table.
    mutating func nested(_ node: Int) throws(MaskRefusal) {
        try deeper { (walk) throws(MaskRefusal) in
            let outer = try walk.enterWith(node)
            defer { walk.visible.removeLast(walk.visible.count - outer) }
            try walk.walkMembers(of: node, except: [.withClause, .intoClause, .lockingClause])
        }
    }

    /// Walks the WITH queries of a node and makes their names visible; returns how many were visible before.
    ///
    /// WITH RECURSIVE shows every name to every query of its list, WITH shows the earlier ones to the later ones.
    mutating func enterWith(_ node: Int) throws(MaskRefusal) -> Int {
        let before = visible.count
        guard let clause = tape.member(.withClause, of: node) else { return before }
        guard let list = tape.member(.ctes, of: clause) else { throw .notParsed }
        let queries = tape.children(of: list).compactMap { tape.member(.commonTableExpr, of: $0) }
        guard before + queries.count <= 256 else { throw .tooDeep }
        let isRecursive = tape.isTrue(.recursive, of: clause)
        let names = queries.map { tape.text(.ctename, of: $0) ?? "" }
        if isRecursive { visible.append(contentsOf: names) }
        for (query, name) in zip(queries, names) {
            try deeper { (walk) throws(MaskRefusal) in try walk.walk(walk.tape.inside(query)) }
            if !isRecursive { visible.append(name) }
        }
        return before
    }

    /// CLUSTER: a later query without ORDER BY shows the rows in the order of the index, which may be of a masked column.
    private func order(_ node: Int) throws(MaskRefusal) {
        guard let index = tape.member(.relation, of: node), let name = name(of: index),
            let found = try masked(name, mustBeKnown: false)
        else { return }
        throw MaskRefusal(.cannotRewrite(found, what: "CLUSTER, which puts its rows in the order of an index,"))
    }

    /// A body that is a string can read anything, for as long as the function is there.
    private mutating func createFunction(_ node: Int) throws(MaskRefusal) {
        try keep(node, "CREATE FUNCTION")
        guard tree.member("sql_body", of: Int(tape[node].start)) != nil else { throw MaskRefusal(.body) }
    }

    private mutating func createTableAs(_ node: Int) throws(MaskRefusal) {
        if tape.text(.objtype, of: node) == "OBJECT_MATVIEW" {
            return try keep(node, "CREATE MATERIALIZED VIEW")
        }
        try walkMembers(of: node, except: [.into])
    }

    private static func words(_ key: SyntaxKey) -> String {
        switch key {
        case .viewStmt: "CREATE VIEW"
        case .createFunctionStmt: "CREATE FUNCTION"
        case .ruleStmt: "CREATE RULE"
        case .createPolicyStmt, .alterPolicyStmt: "a policy"
        case .createTrigStmt: "CREATE TRIGGER"
        case .createStmt, .createForeignTableStmt: "CREATE TABLE"
        case .indexStmt: "CREATE INDEX"
        case .createStatsStmt: "CREATE STATISTICS"
        case .alterTableStmt, .renameStmt, .alterObjectSchemaStmt: "ALTER TABLE"
        case .grantStmt: "GRANT"
        default: "this kind of statement"
        }
    }
}
