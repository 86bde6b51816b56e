import AccessModel

/// The masked relations of a role on a target, and what of a command could show what they hide.
///
/// Where masks are not served at the source, nothing of a masked relation may be read at all: not by `select`, and not by
/// what reads while it changes (`update … returning`). Where they are, the command that runs reads masks in the place of
/// columns, and only what goes around that is denied: another name for the relation, opaque code, the planner's
/// statistics.
///
/// GAP: without masks served, a view over a masked relation, and a partition or child of it, are relations of their own,
/// and a function reads what its body says. docs/reference/configuration.md says so.
struct MaskTable: Sendable {
    private var exact: Set<ObjectName> = []
    private var patterns: [Mask] = []
    let all: [Mask]

    /// What the planner keeps of the values of columns: most common values, bounds of histograms.
    private static let statistics: Set<String> = [
        "pg_stats", "pg_statistic", "pg_stats_ext", "pg_stats_ext_exprs", "pg_statistic_ext_data",
    ]

    init(_ masks: [Mask]) {
        all = masks
        for mask in masks {
            if let object = mask.relation.exact { exact.insert(object) } else { patterns.append(mask) }
        }
    }

    /// Whether this effect could show what a mask hides.
    func hides(_ effect: Effect, isServed: Bool) -> Bool {
        guard !all.isEmpty else { return false }
        switch effect.action {
        // They put in, take away or wait; an `insert … returning` of other rows than its own is an update, too.
        case .insert, .truncate, .lock: return false
        // A schema or relation under another name has values that are not masked.
        case .create, .alter, .drop, .grant:
            return effect.isOnWhole ? all.contains { $0.relation.isInside(effect) } : isMasked(effect.object)
        case .select, .update, .delete, .maintain:
            return MaskTable.isStatistics(effect.object) || !isServed && isMasked(effect.object)
        // Its body may read what it likes.
        case .do: return true
        case .execute, .set, .setRole, .listen, .notify, .serverFile, .serverProgram, .administer, .twoPhase:
            return false
        }
    }

    func isMasked(_ object: ObjectName) -> Bool {
        exact.contains(object) || patterns.contains { $0.relation.matches(object) }
    }

    private static func isStatistics(_ object: ObjectName) -> Bool {
        object.schema == "pg_catalog" && statistics.contains(object.name)
    }
}
