package import AccessModel
package import StatementAnalysis

/// What a text would do in a session that has prepared nothing yet, found as a live session finds it: for explaining
/// policy without a target.
package struct StatementPreview: Hashable, Sendable {
    package var effects: [Effect]
    /// Why the text is denied whatever policy says; nil where policy decides.
    package var denial: String?
    /// Why it is denied under a limit of rows changed; nil where they can be counted.
    package var uncounted: String?

    /// `path` is what the target would answer for the session's search_path. Without a catalog a name counts as
    /// everything that it could be, and no columns are known.
    package init(_ analysis: Analysis, in path: SearchPath, catalog: CatalogFile? = nil) {
        let names = catalog.map { EffectResolution.Names.snapshot($0.view) } ?? .candidates
        var resolution = EffectResolution(names: names, path: path, registry: StatementRegistry())
        if analysis.refusal == nil { resolution.add(analysis.statements) }
        effects = resolution.effects
        denial = analysis.refusal?.message ?? resolution.failure
        uncounted = CountedChange.problem(resolution.run)
    }
}
