internal import AccessModel

/// A filter of the audit search, as its form asks for it.
struct AuditField {
    var name: String
    var label: String
    var hint: String?
    /// What may be chosen, where not any text may be typed: value and word.
    var choices: [(value: String, word: String)] = []

    /// What most people ask for; the others stand behind a fold.
    static let first = [
        AuditField(name: "text", label: "Words of the statement"),
        AuditField(name: "since", label: "Since", hint: "7d, 2026-11-23"),
        AuditField(name: "until", label: "Until", hint: "1h, 2026-11-24"),
        AuditField(
            name: "decision",
            label: "Decision",
            choices: [("", "any"), ("allow", "allow"), ("hold", "hold"), ("deny", "deny")]
        ),
        AuditField(name: "role", label: "Role"),
        AuditField(name: "target", label: "Target"),
        AuditField(name: "object", label: "Object", hint: "public.orders, public.*"),
        AuditField(
            name: "action",
            label: "Action",
            choices: [("", "any")] + Action.allCases.map { ($0.rawValue, $0.rawValue) }
        ),
    ]

    static let more = [
        AuditField(name: "principal", label: "Principal"),
        AuditField(name: "owner", label: "Owner of the role"),
        AuditField(name: "triggered_by", label: "Triggered by"),
        AuditField(name: "repository", label: "Repository"),
        AuditField(name: "pipeline", label: "Pipeline"),
        AuditField(name: "run", label: "Run"),
        AuditField(name: "commit", label: "Commit"),
        AuditField(name: "session", label: "Session"),
        AuditField(
            name: "kind",
            label: "Kind of record",
            choices: [("", "commands and refusals"), ("all", "all")]
                + RecordKind.allCases.filter { $0 != .outcome }.map { ($0.rawValue, $0.rawValue) }
        ),
    ]

    static let all = first + more

    func view(_ value: String?) -> PageView {
        // What a link asks for and no choice has, as several kinds, stays what it is.
        let known = choices.contains { $0.value == value ?? "" }
        let kept = choices.isEmpty || known ? [] : [(value: value ?? "", word: value ?? "")]
        return PageView(present: [
            "name": name,
            "label": label,
            "hint": hint,
            "value": value,
            "isChoice": choices.isEmpty ? nil : true,
            "choices": (kept + choices).map { choice in
                PageView(present: [
                    "value": choice.value, "word": choice.word, "chosen": choice.value == value ?? "" ? true : nil,
                ])
            },
        ])
    }
}
