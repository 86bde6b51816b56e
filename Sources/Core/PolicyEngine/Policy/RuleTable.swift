import AccessModel

/// The rules of one role on one target that have one verdict, found by action and object.
struct RuleTable: Sendable {
    private struct Entry: Sendable {
        var exact: [ObjectName: [CompiledRule]] = [:]
        var patterns: [CompiledRule] = []
    }

    /// By `Action.ordinal`; nil where there is no rule.
    private var entries: [Entry?] = Array(repeating: nil, count: Action.allCases.count)

    init(_ rules: [CompiledRule]) {
        for rule in rules {
            var entry = entries[rule.rule.action.ordinal] ?? Entry()
            if let object = rule.rule.pattern.exact {
                entry.exact[object, default: []].append(rule)
            } else {
                entry.patterns.append(rule)
            }
            entries[rule.rule.action.ordinal] = entry
        }
    }

    var isEmpty: Bool { entries.allSatisfy { $0 == nil } }

    /// The rule that alone allows the effect. A name before a pattern, and then the first of the file. Without a moment:
    /// at any time.
    func covering(_ effect: Effect, at moment: Timestamp?) -> CompiledRule? {
        guard effect.object.isKnown(for: effect.action) else { return nil }
        return first(for: effect, at: moment) { $0.pattern.covers($1) }
    }

    /// The rule that speaks of something which the effect may reach.
    func touching(_ effect: Effect, at moment: Timestamp) -> CompiledRule? {
        first(for: effect, at: moment) { $0.pattern.touches($1) }
    }

    /// The rules by columns for the object of an effect, in the same order: together they may cover it.
    func byColumns(_ effect: Effect, at moment: Timestamp?) -> [CompiledRule] {
        guard ObjectSyntax.hasColumns(effect.action), effect.object.isKnown(for: effect.action),
            let entry = entries[effect.action.ordinal]
        else { return [] }
        return ((entry.exact[effect.object] ?? []) + entry.patterns).filter { candidate in
            candidate.rule.pattern.columns != nil && candidate.terms.isOpen(at: moment)
                && candidate.rule.pattern.matches(effect.object)
        }
    }

    private func first(
        for effect: Effect,
        at moment: Timestamp?,
        _ applies: (Grant.Rule, Effect) -> Bool
    ) -> CompiledRule? {
        guard let entry = entries[effect.action.ordinal] else { return nil }
        var effect = effect
        if ObjectSyntax(effect.action) == .parameter {
            effect.object = ObjectName(name: effect.object.description.lowercased())
        }
        func counts(_ candidate: CompiledRule) -> Bool {
            applies(candidate.rule, effect) && candidate.terms.isOpen(at: moment)
        }
        if effect.isOnWhole, !entry.exact.isEmpty {
            let rules = entry.exact.values.joined().sorted { $0.rule.place < $1.rule.place }
            if let rule = rules.first(where: counts) { return rule }
        }
        let named = entry.exact.isEmpty ? nil : entry.exact[effect.object]
        return named?.first(where: counts) ?? entry.patterns.first(where: counts)
    }
}

extension ObjectName {
    /// The schema, or the name without one, that the analysis writes where it could not find it: nothing covers it.
    static let unknown = "?"

    /// Whether the name says which object it is. A path with `..`, `.` or `//` in it may be another file than it seems.
    func isKnown(for action: Action) -> Bool {
        guard action == .serverFile else { return schema ?? name != ObjectName.unknown }
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 1 && parts[0].isEmpty && !parts.dropFirst().contains { ["", ".", ".."].contains($0) }
    }
}
