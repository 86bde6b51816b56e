internal import AccessModel
internal import PolicyEngine

/// A verdict in words, and as JSON.
enum PolicyReport {
    static func tell(_ verdict: PolicyVerdict, _ policy: String, _ printer: Printer) throws {
        var members = [("decision", printer.style.paint(verdict.word, tone(verdict.word)))]
        members.append(("reason", (verdict.reason ?? "").onOneLine))
        switch verdict {
        case .refused:
            members.append(("policy", policy))
            try printer.members(members)
        case .decided(let session, let explanation):
            members.append(("hint", (explanation.decision.hint ?? "").onOneLine))
            members.append(("grant", (explanation.decision.grant ?? "").onOneLine))
            members.append(("owed", OwedList(verdict.obligations).lines.joined(separator: ", ")))
            let masks = verdict.masks.map { "\($0.column): \($0.method)" }.joined(separator: ", ")
            members.append(("masks", masks.onOneLine))
            members.append(("roles", session.roles.map { "\($0.name) (owner \($0.owner))" }.joined(separator: ", ")))
            members.append(("target", "\(session.target.name)/\(session.database)"))
            members.append(("policy", policy))
            try printer.members(members)
            try table(explanation.parts, printer)
        }
    }

    private static func table(_ parts: [Explanation.Part], _ printer: Printer) throws {
        guard !parts.isEmpty else { return }
        try printer.line()
        var table = TextTable(["EFFECT", "DECISION", "BY"], printer: printer)
        for part in parts {
            let wanted = part.wanted.map { "nothing covers it; `allow: {\($0)}` would" }
            try table.add([
                .init(text: "\(part.effect)".onOneLine),
                .init(text: part.outcome.rawValue, tone: tone(part.outcome.rawValue)),
                .init(text: (part.grant ?? wanted ?? part.reason ?? "").onOneLine),
            ])
        }
        try table.flush()
    }

    static func tone(_ word: String) -> TextStyle.Tone {
        switch word {
        case "allow": .green
        case "hold": .yellow
        default: .red
        }
    }

    /// `{"outcome":"deny","reason":"…","grant":null,"hint":"…","role":"…","policy":"sha256:…","obligations":{…},"masks":[…],
    /// "roles":[…],"effects":[…]}`; outcome `refused` where there would be no session.
    static func json(_ verdict: PolicyVerdict, more: (inout JSONBytes) -> Void = { _ in }) -> JSONBytes {
        var json = JSONBytes()
        json.appendRaw("{")
        json.member("outcome")
        json.append(verdict.word)
        json.member("reason")
        json.append(verdict.reason)
        json.member("grant")
        json.append(verdict.grant)
        if case .decided(let session, let explanation) = verdict {
            json.member("hint")
            json.append(explanation.decision.hint)
            json.member("role")
            json.append(explanation.decision.role)
            json.member("policy")
            json.append(explanation.decision.policy)
            json.member("obligations")
            json.append(explanation.decision.obligations)
            json.member("masks")
            append(verdict.masks, to: &json)
            json.member("roles")
            json.append(session.roles.map(\.name))
            json.member("effects")
            append(explanation.parts, to: &json)
        }
        more(&json)
        json.appendRaw("}")
        return json
    }

    private static func append(_ masks: [(column: String, method: String)], to json: inout JSONBytes) {
        json.appendRaw("[")
        for (index, mask) in masks.enumerated() {
            json.appendRaw(index == 0 ? "{" : ",{")
            json.member("column")
            json.append(mask.column)
            json.member("method")
            json.append(mask.method)
            json.appendRaw("}")
        }
        json.appendRaw("]")
    }

    private static func append(_ parts: [Explanation.Part], to json: inout JSONBytes) {
        json.appendRaw("[")
        for (index, part) in parts.enumerated() {
            json.appendRaw(index == 0 ? "{" : ",{")
            json.member("effect")
            json.append(part.effect)
            json.member("outcome")
            json.append(part.outcome.rawValue)
            json.member("role")
            json.append(part.role)
            json.member("grant")
            json.append(part.grant)
            json.member("reason")
            json.append(part.reason)
            json.member("wanted")
            json.append(part.wanted)
            json.appendRaw("}")
        }
        json.appendRaw("]")
    }
}
