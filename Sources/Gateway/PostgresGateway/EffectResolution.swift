internal import AccessModel
internal import StatementAnalysis

/// The effects of a message's statements in one session: names resolved, EXECUTE followed.
///
/// A SET search_path changes how the statements after it are resolved, also within the message.
struct EffectResolution {
    private(set) var effects: [Effect] = []
    private(set) var isChange = false
    /// Why it cannot be told what would be run.
    private(set) var failure: String?
    /// Whether the answer may be another the next time: it hangs on names of the session.
    private(set) var dependsOnSession = false
    /// Whether names without a schema may mean something else after it, also through an EXECUTE.
    private(set) var movesSearchPath = false
    private var path: SearchPath?
    private let registry: StatementRegistry
    private var local: [String: AnalyzedStatement] = [:]
    private var seen: Set<Effect> = []
    private var depth = 0

    init(path: SearchPath?, registry: StatementRegistry) {
        self.path = path
        self.registry = registry
    }

    mutating func add(_ statements: [AnalyzedStatement]) {
        for statement in statements { add(statement) }
    }

    private mutating func add(_ statement: AnalyzedStatement) {
        if path == nil { dependsOnSession = true }
        isChange = isChange || statement.effects.contains(where: \.action.isChange)
        for effect in statement.effects {
            for resolved in effect.resolved(in: path ?? SearchPath(schemas: [], catalogRelations: [])) {
                guard seen.insert(resolved).inserted else { continue }
                effects.append(resolved)
            }
        }
        for change in statement.session { apply(change) }
    }

    private mutating func apply(_ change: SessionChange) {
        switch change {
        case .prepares(let name, let inner):
            dependsOnSession = true
            if !registry.hasRoomForStatement { failure = "too many prepared statements in one session" }
            local[name] = inner
        case .executes(let name): execute(name)
        case .setsSearchPath(let schemas): follow(schemas)
        case .resetsSession: follow(nil)
        case .deallocates, .setsStamp, .transaction: break
        }
    }

    private mutating func follow(_ schemas: [String]?) {
        dependsOnSession = true
        movesSearchPath = true
        guard let schemas, !schemas.contains("$user"), let catalog = path?.catalogRelations else {
            path = nil
            return
        }
        let implicit = schemas.contains("pg_catalog") ? [] : ["pg_catalog"]
        path = SearchPath(schemas: implicit + schemas, catalogRelations: catalog)
    }

    private mutating func execute(_ name: String) {
        dependsOnSession = true
        guard depth < 8 else {
            failure = "EXECUTE is nested too deeply"
            return
        }
        depth += 1
        defer { depth -= 1 }
        if let inner = local[name] {
            add(inner)
        } else if let prepared = registry.statement(name) {
            add(prepared.statements)
        } else {
            failure = "EXECUTE of a statement that this session has not prepared"
        }
    }
}
