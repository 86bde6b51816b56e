/// What a role may do on a target without this approval: the grants of `role_may`, for the template `roleMay`.
enum RoleMayView {
    /// Nil where nothing is known of it.
    static func view(_ grants: PageJSON) -> PageView? {
        guard grants != .null else { return nil }
        let rules = grants.items.flatMap { $0["rules"].items }
        let lists = [("allow", "Without asking"), ("hold", "Only after a yes"), ("deny", "Never")]
        let shown = lists.compactMap { verdict, label -> PageView? in
            let items = rules.filter { $0["verdict"].string == verdict }.map(words)
            guard !items.isEmpty else { return nil }
            return PageView(present: ["badge": Fact.badge(label, Tone(verdict)), "items": items])
        }
        return PageView(present: [
            "lists": shown,
            "none": shown.isEmpty ? true : nil,
            "notes": grants.items.flatMap(notes),
            "hasNotes": grants.items.flatMap(notes).isEmpty ? nil : true,
        ])
    }

    private static func words(_ rule: PageJSON) -> String {
        "\(rule["action"].string ?? "?") \(rule["object"].string ?? "?")"
    }

    private static func notes(_ grant: PageJSON) -> [String] {
        let masks = grant["masks"].items.map { "\($0["column"].words ?? "?") is read as \($0["method"].words ?? "?")" }
        return ObligationWords.list(grant["limits"]) + masks
            + [grant["when"].string.map { "only \($0)" }].compactMap(\.self)
    }
}
