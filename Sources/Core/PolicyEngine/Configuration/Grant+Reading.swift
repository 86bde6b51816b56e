import AccessModel

extension Grant {
    static func read(_ field: Field, targets: [String], people: [Person], owner: String?) -> Grant? {
        guard var map = MappingReader(field) else { return nil }
        let target = map.required("target") { $0.reference(to: "target", in: targets) }
        let rules = Verdict.allCases.map { verdict in
            map.optional(verdict.rawValue, default: []) { readRules($0, verdict) }
        }
        let masks = map.optional("mask", default: []) { MappingReader.entries(of: $0) { Mask.read($0, $1, $2) } }
        let approval = map.optional("approval") { ApprovalTerms.read($0, people: people, owner: owner) }
        var obligations = map.optional("limit", default: .none) { Obligations.readLimit($0) }
        obligations.detectors = map.optional("detect", default: [:]) { Obligations.readDetectors($0) }
        let window = map.optional("when") { TimeWindow.read($0) }
        map.finish()
        guard map.has("allow") || map.has("deny") || map.has("hold") else {
            return field.fail("grants nothing: give allow, deny or hold")
        }
        guard let target else { return nil }
        return Grant(
            target: target,
            rules: rules.flatMap { $0 },
            masks: masks,
            approval: approval,
            obligations: obligations,
            window: window,
            place: field.node.place
        )
    }

    /// `ACTION[,ACTION…]: [PATTERN, …]`
    private static func readRules(_ field: Field, _ verdict: Verdict) -> [Rule]? {
        let rules = MappingReader.entries(of: field) { key, place, field -> [Rule]? in
            guard let actions = readActions(key, place, field) else { return nil }
            let found = field.list(of: "object patterns") { field -> [Rule]? in
                guard let text = field.line(limit: 1024) else { return nil }
                return patterns(text, for: actions, field)?.map { action, pattern in
                    Rule(verdict: verdict, action: action, pattern: pattern, path: "", place: field.node.place)
                }
            }
            return found.map { lists in lists.flatMap { $0 }.map { rule in rule.named(field.path) } }
        }
        return rules.map { $0.flatMap { $0 } }
    }

    private static func readActions(_ key: String, _ place: Place, _ field: Field) -> [Action]? {
        let words = key.split(separator: ",", omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        let names = Action.allCases.map(\.rawValue)
        let actions = words.compactMap { word -> Action? in
            if let action = Action(rawValue: word) { return action }
            let suggestion = NearestWord.suggestion(for: word, in: names)
            let all = suggestion.isEmpty ? "; the actions are \(names.joined(separator: ", "))" : suggestion
            field.report("unknown action `\(word.shown)`\(all)", at: place)
            return nil
        }
        return actions.count == words.count ? actions : nil
    }

    private static func patterns(_ text: String, for actions: [Action], _ field: Field) -> [(Action, ObjectPattern)]? {
        var patterns: [(Action, ObjectPattern)] = []
        for action in actions {
            do {
                patterns.append((action, try ObjectPatternParser.parse(text, for: action)))
            } catch {
                return field.fail(error.message)
            }
        }
        return patterns
    }
}

extension Grant.Rule {
    func named(_ path: String) -> Grant.Rule {
        var rule = self
        rule.path = path
        return rule
    }
}
