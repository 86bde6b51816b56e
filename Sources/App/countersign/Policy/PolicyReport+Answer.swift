internal import AccessModel

extension PolicyReport {
    /// What a gateway elsewhere answers, in the words of `tell`.
    static func tell(_ answer: JSONMembers, _ printer: Printer) throws {
        let outcome = answer.string("outcome") ?? "?"
        let masks = answer.objects("masks").map { "\($0.string("column") ?? "?"): \($0.string("method") ?? "?")" }
        let owed = answer.raw("obligations").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let members = [
            ("decision", printer.style.paint(outcome.onOneLine, tone(outcome))),
            ("reason", (answer.string("reason") ?? "").onOneLine), ("hint", (answer.string("hint") ?? "").onOneLine),
            ("grant", (answer.string("grant") ?? "").onOneLine),
            ("owed", owed == "null" || owed == "{}" ? "" : owed.onOneLine),
            ("masks", masks.joined(separator: ", ").onOneLine),
            ("roles", answer.strings("roles").joined(separator: ", ").onOneLine),
            ("policy", (answer.string("policy") ?? "").onOneLine),
        ]
        try printer.members(members)
        let parts = answer.objects("effects")
        guard !parts.isEmpty else { return }
        try printer.line()
        var table = TextTable(["EFFECT", "DECISION", "BY"], printer: printer)
        for part in parts {
            let outcome = part.string("outcome") ?? "?"
            let wanted = part.string("wanted").map { "nothing covers it; `allow: {\($0)}` would" }
            try table.add([
                .init(text: part.object("effect").map(RecordBlock.effect)?.onOneLine ?? "?"),
                .init(text: outcome.onOneLine, tone: tone(outcome)),
                .init(text: (part.string("grant") ?? wanted ?? part.string("reason") ?? "").onOneLine),
            ])
        }
        try table.flush()
    }
}
