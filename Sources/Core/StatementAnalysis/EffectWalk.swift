internal import AccessModel

/// Walks a syntax tape and gathers what its statements would do.
///
/// It walks everything: a relation, a call or a statement that stands where no rule expects it is still counted, and
/// rules only say what is meant by the places that they know. A statement that no rule knows is refused.
struct EffectWalk {
    let tape: SyntaxTape
    let tree: SyntaxTree

    var effects: [UnresolvedEffect] = []
    var session: [SessionChange] = []
    /// The names of WITH queries that can be seen here, outer ones first.
    var visible: [String] = []
    /// The parts of the tape whose relations are locked by FOR UPDATE and the like.
    var locked: [Range<Int>] = []
    /// The constant set_config of the form that surely runs, and runs once: where its call stands.
    var plainCall: Int?
    /// Whether the statement is a COPY of a relation.
    var copies = false
    /// INSERT, UPDATE, DELETE and MERGE that were walked.
    var rowChanges = 0
    private var depth = 0

    /// Not nil: queries are not walked but kept here, for a walk that knows the catalog (`ColumnWalk`).
    var deferred: [Int]?
    /// While `deferred`: the operators that are named, by their signs, and the types that something is cast to.
    var operators: Set<ObjectName> = []
    var castTypes: Set<ObjectName> = []

    init(tape: SyntaxTape, tree: SyntaxTree) {
        self.tape = tape
        self.tree = tree
    }

    /// The statements of the text.
    mutating func statements(textLength: Int) throws(AnalysisRefusal) -> [AnalyzedStatement] {
        guard let list = tape.member(.stmts, of: 0) else { return [] }
        var statements: [AnalyzedStatement] = []
        for raw in tape.children(of: list) {
            let start = tape.member(.stmtLocation, of: raw).map { tape.integer($0) } ?? 0
            let length = tape.member(.stmtLen, of: raw).map { tape.integer($0) } ?? 0
            let end = length > 0 ? start + length : textLength
            guard let holder = tape.member(.stmt, of: raw), start <= end else { throw .notUnderstood("an empty node") }
            plainCall = plainSettingCall(holder + 1)
            statements.append(try analyzed(holder + 1, range: start..<end))
        }
        return statements
    }

    /// One statement by itself, beside what was gathered so far.
    mutating func analyzed(_ node: Int, range: Range<Int>) throws(AnalysisRefusal) -> AnalyzedStatement {
        let outer = (effects, session, deferred, rowChanges)
        (effects, session, rowChanges) = ([], [], 0)
        defer { (effects, session, deferred, rowChanges) = outer }
        let kind = try statement(node)
        let runsAnother = session.contains { if case .executes = $0 { true } else { false } }
        var statement = AnalyzedStatement(
            kind: kind,
            range: range,
            effects: EffectWalk.unique(effects),
            session: session,
            isChange: runsAnother || effects.contains(where: \.isChange)
        )
        statement.rowChanges = rowChanges
        statement.place = SyntaxPlace(tree: tree, node: node)
        return statement
    }

    /// Sorted, and each once.
    private static func unique(_ effects: [UnresolvedEffect]) -> [UnresolvedEffect] {
        guard effects.count > 1 else { return effects }
        var found: [UnresolvedEffect] = []
        for effect in effects.sorted() where effect != found.last { found.append(effect) }
        return found
    }

    /// Gathers from a statement's node; returns its kind.
    @discardableResult
    mutating func statement(_ node: Int) throws(AnalysisRefusal) -> String {
        guard node < tape.all.upperBound, tape[node].marks.contains([.object, .statement]) else {
            throw .notUnderstood("an empty node")
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= tree.nesting else { throw .tooDeep }
        if let kind = try query(node) { return kind }
        if let kind = try sessionStatement(node) { return kind }
        if let kind = try tableDefinition(node) { return kind }
        if let kind = try definition(node) { return kind }
        if let kind = try administration(node) { return kind }
        throw .notUnderstood(tape[node].key == .other ? "this kind of statement" : tape[node].key.rawValue)
    }

    /// Gathers from a WITH query.
    mutating func nested(_ node: Int) throws(AnalysisRefusal) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= tree.nesting else { throw .tooDeep }
        try walk(tape.inside(node))
    }

    /// Gathers from a part of the tape.
    mutating func walk(_ part: Range<Int>) throws(AnalysisRefusal) {
        var index = part.lowerBound
        while index < part.upperBound {
            let entry = tape[index]
            if entry.marks.contains(.statement), entry.key != .selectStmt {
                try statement(index)
                index = tape.next(index)
            } else if deferred != nil, entry.key == .selectStmt {
                deferred?.append(index)
                index = tape.next(index)
            } else if entry.marks.contains(.scope) {
                try scope(index)
                index = tape.next(index)
            } else if entry.marks.contains(.relation) {
                relation(index, entry.key == .pktable ? .alter : .select)
                index = tape.next(index)
            } else {
                index = leaf(index, entry.key)
            }
        }
    }

    /// Gathers from all members of a node but some.
    mutating func walkMembers(of node: Int, except skipped: [SyntaxKey] = []) throws(AnalysisRefusal) {
        var child = node + 1
        let end = tape.next(node)
        while child < end {
            let next = tape.next(child)
            if !skipped.contains(tape[child].key) { try walk(child..<next) }
            child = next
        }
    }

    /// What has no statement and no relation of its own; returns where to go on.
    mutating func leaf(_ index: Int, _ key: SyntaxKey) -> Int {
        switch key {
        case .columnRef:
            fieldCall(index)
            return tape.next(index)
        case .aConst, .typeName, .typeNameNode, .alias: return tape.next(index)
        case .aIndirection: for name in fields(of: index) { fieldCall(name) }
        case .funcCall: call(index)
        case .aExpr: operation(tape.member(.name, of: index))
        case .subLink: operation(tape.member(.operName, of: index))
        case .sortBy: operation(tape.member(.useOp, of: index))
        case .typeCast: cast(index)
        case .caseExpr: if deferred != nil, tape.member(.arg, of: index) != nil { operators.insert(.equality) }
        case .method: sampling(index)
        default: break
        }
        return index + 1
    }

    mutating func add(
        _ action: Action,
        _ object: ObjectName,
        _ kind: ObjectKind = .other,
        columns: [String]? = nil
    ) {
        effects.append(UnresolvedEffect(action: action, object: object, columns: columns, kind: kind))
    }
}
