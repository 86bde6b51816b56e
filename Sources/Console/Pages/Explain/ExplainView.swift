/// A verdict of the policy, as `policy explain` tells it.
struct ExplainView {
    let json: PageJSON

    var view: PageView {
        let outcome = json["outcome"].string ?? "?"
        return PageView(present: [
            "badge": Fact.badge(outcome, Tone(outcome)),
            "words": words(outcome),
            "reason": json["reason"].string,
            "hint": json["hint"].string,
            "catalog": outcome == "refused" ? nil : catalog,
            "facts": ["rows": facts] as PageView,
            "effects": json["effects"].items.map(ExplainView.effect),
            "hasEffects": json["effects"].isNothing ? nil : true,
        ])
    }

    /// What it knew of the target's columns.
    private var catalog: String {
        guard let age = json["catalog_age_s"].number else {
            return
                "No session has read what this target holds since the gateway started: `*` and the columns of views are "
                + "not known, and a session's answer may be another. `policy explain --catalog FILE` on the command line knows them."
        }
        return "Columns are those that a session read \(Digits.duration(seconds: age)) ago."
    }

    private func words(_ outcome: String) -> String {
        switch outcome {
        case "allow": "It would run."
        case "hold": "It would wait for an approval."
        case "deny": "It would be denied."
        case "refused": "There would be no session."
        default: ""
        }
    }

    private var facts: [PageView] {
        let masks = json["masks"].items.map { "\($0["column"].words ?? "?") as \($0["method"].words ?? "?")" }
        return [
            Fact.code("Decided by", json["grant"].string),
            Fact.text("Role", json["role"].string),
            Fact.text("Roles of the session", json["roles"].strings.joined(separator: ", ")),
            Fact.list("Owed", ObligationWords.list(json["obligations"])),
            Fact.list("Masks", masks),
            Fact.code("Policy", json["policy"].string),
        ].compactMap { $0 }
    }

    private static func effect(_ part: PageJSON) -> PageView {
        let outcome = part["outcome"].string ?? "?"
        let wanted = part["wanted"].string.map { "nothing covers it; allow: {\($0)} would" }
        return PageView(present: [
            "effect": EffectWords.text(part["effect"]),
            "badge": Fact.badge(outcome, Tone(outcome)),
            "by": part["grant"].string,
            "why": part["grant"].string == nil ? wanted ?? part["reason"].string : nil,
        ])
    }
}
