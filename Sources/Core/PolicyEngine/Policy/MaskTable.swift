import AccessModel

/// The masked relations of a role on a target. Until masks are served at the source, nothing of a masked relation may
/// be read at all: not by `select`, and not by what reads while it changes (`update … returning`).
///
/// GAP: a view over a masked relation, and a partition or child of it, are relations of their own, and a function reads
/// what its body says. Whoever grants them beside a mask gives the masked values away; docs/reference/configuration.md
/// says so.
struct MaskTable: Sendable {
    private var exact: [ObjectName: Mask] = [:]
    private var patterns: [Mask] = []
    private let all: [Mask]

    /// What the planner keeps of the values of columns: most common values, bounds of histograms.
    private static let statistics: Set<String> = [
        "pg_stats", "pg_statistic", "pg_stats_ext", "pg_stats_ext_exprs", "pg_statistic_ext_data",
    ]

    init(_ masks: [Mask]) {
        all = masks
        for mask in masks {
            if let object = mask.relation.exact { exact[object] = mask } else { patterns.append(mask) }
        }
    }

    /// Whether this effect could show what a mask hides.
    func hides(_ effect: Effect) -> Bool {
        guard !all.isEmpty else { return false }
        switch effect.action {
        // They put in, take away or wait; an `insert … returning` of other rows than its own is an update, too.
        case .insert, .truncate, .lock: return false
        // A schema with another name has the same relations under names that are not masked.
        case .create, .alter, .drop, .grant:
            if effect.isOnWhole { return all.contains { $0.relation.isInside(effect) } }
        case .select, .update, .delete, .maintain: break
        // Its body may read what it likes.
        case .do: return true
        case .execute, .set, .setRole, .listen, .notify, .serverFile, .serverProgram, .administer, .twoPhase:
            return false
        }
        if effect.object.schema == "pg_catalog", MaskTable.statistics.contains(effect.object.name) { return true }
        return exact[effect.object] != nil || patterns.contains { $0.relation.matches(effect.object) }
    }
}
