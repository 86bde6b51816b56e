import AccessModel

/// Which rules allow one effect, for all roles of a session together.
///
/// One rule may cover it alone. Where none does and the effect says its columns, rules by columns add up, over grants
/// and roles: whoever may read `a` of a table and `b` of it may read both, as in PostgreSQL.
struct Coverage {
    /// The role and rule that alone cover the effect, or those that do together, the first column's first. Empty where
    /// a column is left.
    private(set) var rules: [(role: String, rule: CompiledRule)] = []
    /// What nothing covers, of an effect that says its columns.
    private(set) var missing: [String]?
    /// Whether there are rules for some columns of the object.
    private(set) var isByColumns = false

    /// Without a moment: at any time.
    init(_ effect: Effect, _ live: [LiveRole], at moment: Timestamp?) {
        missing = (effect.columns?.count ?? 0) <= Coverage.columns ? effect.columns : nil
        for role in live {
            guard let rule = role.access.allow.covering(effect, at: moment) else { continue }
            rules = [(role.name, rule)]
            return
        }
        addColumns(effect, live, moment)
    }

    /// More columns than this no relation of PostgreSQL has (MaxHeapAttributeNumber).
    private static let columns = 1600

    private mutating func addColumns(_ effect: Effect, _ live: [LiveRole], _ moment: Timestamp?) {
        var found: [(role: String, rule: CompiledRule)] = []
        for role in live {
            for candidate in role.access.allow.byColumns(effect, at: moment) {
                isByColumns = true
                guard let before = missing, let listed = candidate.rule.pattern.columns else { continue }
                let left = before.filter { column in !listed.contains { $0.hasBytes(of: column) } }
                guard left.count < before.count else { continue }
                missing = left
                found.append((role.name, candidate))
            }
        }
        if missing?.isEmpty == true { rules = found }
    }
}
