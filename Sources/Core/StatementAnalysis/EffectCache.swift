package import AccessModel
internal import Synchronization

/// The effects of analysed statements in one catalog, by statement and search path; bounded in bytes, safe from any
/// thread. A find allocates nothing.
///
/// It serves one database: the snapshot that it is asked with last is the one that it keeps effects for, and asking with
/// another one (a newer version) forgets them. Refusals are kept too: a name stays unknown until there is a newer one.
package final class EffectCache: Sendable {
    private struct Key: Hashable {
        /// Holds the tree, so that no other one takes its identity.
        var place: SyntaxPlace
        var path: SearchPath

        /// The schemas are compared, not hashed: a session's path is one of few.
        func hash(into hasher: inout Hasher) {
            hasher.combine(place)
        }
    }

    private struct State {
        var catalog: Catalog?
        var entries: Generations<Key, Result<[Effect], AnalysisRefusal>>
    }

    private let state: Mutex<State>

    package init(capacityBytes: Int) {
        state = Mutex(State(entries: Generations(capacity: capacityBytes / 2)))
    }

    /// What `AnalyzedStatement.effects(in:path:)` says, found or worked out.
    package func effects(
        of statement: AnalyzedStatement,
        in catalog: Catalog,
        path: SearchPath
    ) throws(AnalysisRefusal) -> [Effect] {
        guard let place = statement.place else { return try statement.effects(in: catalog, path: path) }
        let key = Key(place: place, path: path)
        let found = state.withLock { state -> Result<[Effect], AnalysisRefusal>? in
            guard state.catalog === catalog else { return nil }
            return state.entries.find(key)
        }
        if let found { return try found.get() }
        let result = Result { () throws(AnalysisRefusal) in try statement.effects(in: catalog, path: path) }
        let cost = 256 + place.tree.size + EffectCache.cost(result)
        state.withLock { state in
            if state.catalog !== catalog {
                state.catalog = catalog
                state.entries.removeAll()
            }
            state.entries.insert(result, for: key, cost: cost)
        }
        return try result.get()
    }

    private static func cost(_ result: Result<[Effect], AnalysisRefusal>) -> Int {
        guard case .success(let effects) = result else { return 128 }
        return effects.reduce(0) { $0 + 128 + 32 * ($1.columns?.count ?? 0) }
    }
}
