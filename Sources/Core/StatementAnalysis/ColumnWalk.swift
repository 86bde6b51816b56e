internal import AccessModel

/// Walks one statement knowing the catalog: what every name means, and which columns are read and written.
///
/// Queries are walked as PostgreSQL's own analysis does it (parse_analyze.c, parse_clause.c, parse_relation.c): levels of
/// items with their visibility, from the inside out. What is no query is left to `EffectWalk`.
struct ColumnWalk {
    let tape: SyntaxTape
    let names: CatalogNames
    var base: EffectWalk
    var uses = RelationUses()
    /// The queries around the one that is walked, outermost first.
    var levels: [NameLevel] = []
    /// The relations that columns are read from.
    var sources: [RelationMatch] = []
    /// The name of the first column of a sub-query, by its node: a scalar sub-query is called so.
    var firstNames: [Int: String] = [:]
    private var depth = 0
    /// Comparisons of names that are left: joins of wide relations would cost their square.
    private var work = 1 << 24

    init(tape: SyntaxTape, tree: SyntaxTree, names: CatalogNames) {
        self.tape = tape
        self.names = names
        base = EffectWalk(tape: tape, tree: tree)
        base.deferred = []
    }

    /// The statement's effects, sorted and unique.
    mutating func effects(of node: Int) throws(AnalysisRefusal) -> [Effect] {
        try statement(node)
        try resolveBase()
        return uses.effects.sorted(by: ColumnWalk.precedes)
    }

    /// A statement of any kind.
    mutating func statement(_ node: Int) throws(AnalysisRefusal) {
        let held = base.deferred
        base.deferred = []
        try base.statement(node)
        let queries = base.deferred ?? []
        base.deferred = held
        if tape[node].key == .copyStmt { try copyFilter(node) }
        guard !queries.isEmpty else { return }
        levels.append(definitionLevel(node))
        defer { levels.removeLast() }
        for query in queries { _ = try self.query(query) }
    }

    /// Runs `body` one level deeper.
    mutating func deeper<R>(
        _ body: (inout ColumnWalk) throws(AnalysisRefusal) -> R
    ) throws(AnalysisRefusal) -> R {
        depth += 1
        levels.append(NameLevel())
        defer {
            depth -= 1
            levels.removeLast()
        }
        guard depth <= base.tree.nesting else { throw .tooDeep }
        return try body(&self)
    }

    mutating func spend(_ count: Int) throws(AnalysisRefusal) {
        work -= count + 1
        guard work > 0 else { throw .tooDeep }
    }

    /// The innermost level. There is always one: it is asked for inside a query only.
    var top: NameLevel {
        get { levels.last ?? NameLevel() }
        set { if !levels.isEmpty { levels[levels.count - 1] = newValue } }
    }

    private static func precedes(_ left: Effect, _ right: Effect) -> Bool {
        if left.action != right.action { return left.action.rawValue < right.action.rawValue }
        if left.object.schema != right.object.schema { return (left.object.schema ?? "") < (right.object.schema ?? "") }
        return left.object.name < right.object.name
    }
}
