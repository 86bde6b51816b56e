import AccessModel

/// The rules of one role on one target that have one verdict, found by action and object.
struct RuleTable: Sendable {
    private struct Entry: Sendable {
        var exact: [ObjectName: [Grant.Rule]] = [:]
        var patterns: [Grant.Rule] = []
    }

    /// By `Action.ordinal`; nil where there is no rule.
    private var entries: [Entry?] = Array(repeating: nil, count: Action.allCases.count)

    init(_ rules: [Grant.Rule]) {
        for rule in rules {
            var entry = entries[rule.action.ordinal] ?? Entry()
            if let object = rule.pattern.exact {
                entry.exact[object, default: []].append(rule)
            } else {
                entry.patterns.append(rule)
            }
            entries[rule.action.ordinal] = entry
        }
    }

    /// The rule that allows the effect. A name before a pattern, and then the first of the file.
    func covering(_ effect: Effect) -> Grant.Rule? {
        guard effect.object.isKnown(for: effect.action) else { return nil }
        return first(for: effect) { $0.pattern.covers($1) }
    }

    /// The rule that speaks of something which the effect may reach.
    func touching(_ effect: Effect) -> Grant.Rule? {
        first(for: effect) { $0.pattern.touches($1) }
    }

    private func first(for effect: Effect, _ applies: (Grant.Rule, Effect) -> Bool) -> Grant.Rule? {
        guard let entry = entries[effect.action.ordinal] else { return nil }
        var effect = effect
        if ObjectSyntax(effect.action) == .parameter {
            effect.object = ObjectName(name: effect.object.description.lowercased())
        }
        if effect.isOnWhole, !entry.exact.isEmpty {
            let rules = entry.exact.values.joined().sorted { $0.place < $1.place }
            if let rule = rules.first(where: { applies($0, effect) }) { return rule }
        }
        let named = entry.exact.isEmpty ? nil : entry.exact[effect.object]
        return named?.first { applies($0, effect) } ?? entry.patterns.first { applies($0, effect) }
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
