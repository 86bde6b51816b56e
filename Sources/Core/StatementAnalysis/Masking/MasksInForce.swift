package import AccessModel

/// The masks of a session over a snapshot, closed: every relation through which a masked column can be seen has masks
/// of its own, or is hidden. A class, so that its identity can key caches; made once for a role and a snapshot.
package final class MasksInForce: Sendable {
    package let catalog: Catalog
    /// The masks as they are in force: those that were asked for, and those that follow from them.
    package let masks: [ObjectName: [String: MaskMethod]]
    /// What could not be masked as asked, sorted; what it concerns is hidden.
    package let problems: [MaskProblem]
    /// What a masked relation is read as.
    let sources: [ObjectName: MaskedSource]
    /// What shows masked columns and has no masks: views, the planner's statistics.
    let hidden: Set<ObjectName>
    /// The relations whose masks are not what was asked for.
    let broken: Set<ObjectName>
    /// The last names of all of these: one of them without a schema could come to mean them.
    let guarded: Set<String>
    /// Whether the key of masks is in the session's settings, also where no mask needs it now.
    package let needsKey: Bool

    /// Without a mask nothing is changed and nothing refused.
    package var isEmpty: Bool { masks.isEmpty && hidden.isEmpty && !needsKey }

    /// `masks` are by the exact names of relations and columns. `key` is nil where there is none for `hash`.
    package init(_ masks: [ObjectName: [String: MaskMethod]], in catalog: Catalog, key: MaskKeySource? = nil) {
        self.catalog = catalog
        var closure = MaskClosure(catalog, key)
        closure.close(masks)
        var sources: [ObjectName: MaskedSource] = [:]
        for (name, columns) in closure.masks {
            guard let relation = catalog.relations[name] else { continue }
            if let source = MaskedSource(relation, columns, key) {
                sources[name] = source
            } else {
                closure.problems.insert(MaskProblem(relation: name, column: nil, code: .notExpressible))
                closure.hidden.insert(name)
            }
        }
        self.sources = sources
        self.masks = closure.masks
        hidden = closure.hidden
        problems = closure.problems.sorted()
        broken = Set(problems.map(\.relation))
        guarded = Set(closure.masks.keys.map(\.name)).union(closure.hidden.map(\.name))
        needsKey = key != nil
    }
}
