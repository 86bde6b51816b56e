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
    /// Whether names may mean something else after it, and which relations it makes or alters.
    private(set) var definesObjects = false
    private(set) var made: Set<ObjectName> = []
    /// Whether it may take back what its transaction did.
    private(set) var mayUndo = false
    /// A name is the reason of the failure, which a newer snapshot may have: the SQLSTATE of that.
    var unknownState: String?
    /// The prepared statements that it runs.
    private(set) var executed: [PreparedStatement] = []
    /// Everything that it runs, in order.
    private(set) var run: [AnalyzedStatement] = []
    private let names: Names
    private var path: SearchPath?
    private let isPathTouched: Bool
    private let registry: StatementRegistry
    private var local: [String: AnalyzedStatement] = [:]
    private var seen: Set<Effect> = []
    private var depth = 0

    /// What names are looked up in.
    enum Names {
        case snapshot(CatalogView)
        /// There is none: nothing can be resolved, and the failure says so.
        case unknown
        /// No target is there to be asked: a name counts as everything that it could be (`countersign policy`).
        case candidates
    }

    /// `isPathTouched`: the open transaction has set the search path, which its end may take back.
    init(names: Names, path: SearchPath?, registry: StatementRegistry, isPathTouched: Bool = false) {
        self.isPathTouched = isPathTouched
        self.names = names
        self.path = path
        self.registry = registry
    }

    mutating func add(_ statements: [AnalyzedStatement]) {
        for statement in statements { add(statement) }
    }

    private mutating func add(_ statement: AnalyzedStatement) {
        run.append(statement)
        if path == nil { dependsOnSession = true }
        let path = path ?? SearchPath(schemas: [], catalogRelations: [])
        resolve(statement, path)
        note(statement, path)
        for change in statement.session { apply(change) }
    }

    /// Whether it changes rows that the target counts.
    var changesRows: Bool { run.contains { CountedChange($0) == .counted } }

    private mutating func resolve(_ statement: AnalyzedStatement, _ path: SearchPath) {
        do throws(AnalysisRefusal) {
            let all: [Effect]
            switch names {
            case .snapshot(let view): all = try view.effects.effects(of: statement, in: view.catalog, path: path)
            case .candidates: all = statement.effects.flatMap { $0.resolved(in: path) }
            case .unknown: return failure = failure ?? "the target's catalog is not known"
            }
            // Of what names mean, and not of what they could: a call of a function that changes nothing is no effect.
            isChange = isChange || all.contains(where: \.action.isChange)
            for effect in all where seen.insert(effect).inserted { effects.append(effect) }
        } catch {
            if case .unknownName = error.code { unknownState = unknownState ?? error.sqlState }
            failure = failure ?? error.message
        }
    }

    /// What the statement makes, the ones behind it can name: in this message and in later ones.
    private mutating func note(_ statement: AnalyzedStatement, _ path: SearchPath) {
        if ["DISCARD", "CALL"].contains(statement.kind) { definesObjects = true }
        for effect in statement.effects {
            switch effect.action {
            case .create, .alter: definesObjects = true
            case .drop, .do, .administer, .twoPhase:
                definesObjects = true
                continue
            case .select, .insert, .update, .delete, .truncate, .lock, .grant, .execute, .maintain, .set, .setRole,
                .listen,
                .notify, .serverFile, .serverProgram:
                continue
            }
            guard effect.kind == .relation else { continue }
            made.formUnion(effect.resolved(in: path).map(\.object))
        }
        if !made.isEmpty { self.path?.made.formUnion(made) }
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
        case .transaction(let verb):
            mayUndo = mayUndo || verb.mayRestoreSettings
            // What the path is behind it is known to the target alone.
            if verb.mayRestoreSettings, isPathTouched || movesSearchPath { follow(nil) }
        case .deallocates, .setsStamp: break
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
        path = SearchPath(schemas: implicit + schemas, catalogRelations: catalog, made: path?.made ?? [])
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
            executed.append(prepared)
            add(prepared.statements)
        } else {
            failure = "EXECUTE of a statement that this session has not prepared"
        }
    }
}
