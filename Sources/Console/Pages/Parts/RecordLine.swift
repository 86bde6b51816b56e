/// A record as one line of a list says it: when, who, where, how it ended, what.
enum RecordLine {
    /// For the template `recordRow`.
    static func view(_ record: PageJSON) -> PageView {
        let id = record["id"].string ?? ""
        let result = result(record)
        return PageView(present: [
            "id": id,
            "href": "/audit/\(PageLink.escaped(id))",
            "time": PageTime.view(record["time"]),
            "kind": record["kind"].string,
            "role": roles(record),
            "subject": record["principal"]["subject"].string,
            "target": target(record["target"]),
            "badge": result.words.isEmpty ? nil : Fact.badge(result.words, result.tone),
            "tone": result.tone.rawValue,
            "note": note(record),
            "statement": statement(record),
            "what": record["kind"].string == "command" ? nil : what(record),
        ])
    }

    static func target(_ target: PageJSON) -> String? {
        target["name"].string.map { name in target["database"].string.map { "\(name)/\($0)" } ?? name }
    }

    /// The role that decided; else those of the session.
    private static func roles(_ record: PageJSON) -> String? {
        record["role"].string
            ?? record["roles"].items.compactMap { $0["name"].string ?? $0.string }.joined(separator: ", ")
    }

    /// What was decided and how it ended, in a word or two.
    static func result(_ record: PageJSON) -> (words: String, tone: Tone) {
        if record["refusal"] != .null { return ("refused", .no) }
        if let state = record["approval"]["state"].string, record["kind"].string != "command" {
            return (state, Tone(state))
        }
        guard let outcome = record["decision"]["outcome"].string else { return ("", .plain) }
        guard outcome == "allow" || record["outcome"]["status"].string != nil else {
            return (outcome == "deny" ? "denied" : outcome, Tone(outcome))
        }
        if outcome == "deny" { return ("denied", .no) }
        switch record["outcome"]["status"].string {
        case "ok"?:
            return (record["outcome"]["rows"].number.map { "ok, \(Digits.counted($0, "row"))" } ?? "ok", .ok)
        case "unknown"?: return ("unknown", .hold)
        case let status?: return (status.replacing("_", with: " "), Tone(status) == .plain ? .no : Tone(status))
        case nil: return ("running", .plain)
        }
    }

    /// Why it was denied, what went wrong, how long it took.
    private static func note(_ record: PageJSON) -> String? {
        let parts = [
            record["decision"]["outcome"].string == "deny" ? record["decision"]["reason"].string : nil,
            record["outcome"]["error"].string,
            record["outcome"]["duration_us"].number.map { Digits.duration(microseconds: $0) },
        ]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }

    private static func statement(_ record: PageJSON) -> String? {
        guard record["command"] != .null else { return nil }
        guard let text = record["command"]["text"].string else { return "(a statement that is kept beside the record)" }
        return text.count > 400 ? text.prefix(400) + "…" : text
    }

    /// What else than a command happened.
    static func what(_ record: PageJSON) -> String? {
        if let reason = record["refusal"]["reason"].string { return reason }
        if record["close"] != .null {
            let close = record["close"]
            let counts = [
                close["commands"].number.map { Digits.counted($0, "command") },
                close["denied"].number.map { "\(Digits.grouped($0)) denied" },
            ]
            return ([close["reason"].string] + counts).compactMap { $0 }.joined(separator: ", ")
        }
        if record["approval"] != .null {
            let by = record["principal"]["kind"].string == "person" ? record["principal"]["subject"].string : nil
            let words = [
                record["approval"]["answer"].string.map {
                    "\($0 == "approve" ? "approved" : "denied") by \(by ?? "?")"
                },
                record["approval"]["reason"].string,
            ]
            return words.compactMap { $0 }.joined(separator: ": ")
        }
        if record["kind"].string == "session.opened" { return opening(record) }
        return record["gateway"]["reason"].string
            ?? record["gateway"]["version"].string.map { "version \($0)" } ?? record["policy"].string
    }

    private static func opening(_ record: PageJSON) -> String {
        [
            ("from", record["source"]["address"]), ("with", record["source"]["client"]),
            ("run", record["provenance"]["run"]), ("commit", record["provenance"]["commit"]),
        ].compactMap { name, value in value.string.map { "\(name) \($0)" } }.joined(separator: " ")
    }
}
