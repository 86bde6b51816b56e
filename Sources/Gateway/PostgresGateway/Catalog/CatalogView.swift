internal import AccessModel
internal import StatementAnalysis

/// A snapshot, with the effects that were worked out in it.
struct CatalogView {
    let catalog: Catalog
    let effects: EffectCache
}
