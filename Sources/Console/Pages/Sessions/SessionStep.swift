/// A record as a step of its session's line.
enum SessionStep {
    static func view(_ record: PageJSON) -> PageView {
        let line = RecordLine.view(record)
        let command = record["command"]
        var view = PageView(present: [
            "href": line["href"],
            "time": line["time"],
            "iso": (line["time"] as? PageView)?["iso"],
            "kind": title(record),
            "badge": line["badge"],
            "tone": line["tone"],
            "note": line["note"],
            "what": line["what"],
            "effects": EffectWords.list(command["effects"]).joined(separator: "; "),
            "approval": record["approval"]["id"].string.map { "/approvals/\(PageLink.escaped($0))" },
            "masked": record["masked"].strings.joined(separator: ", "),
            "held": record["decision"]["outcome"].string == "hold" ? record["decision"]["reason"].string : nil,
        ])
        // A beginning repeats nothing that the head of the page says.
        if record["kind"].string == "command" { view["statement"] = StatementView.view(command) }
        return view
    }

    private static func title(_ record: PageJSON) -> String {
        switch record["kind"].string {
        case "session.opened"?: "Opened"
        case "session.closed"?: "Closed"
        case "command"?: "Command"
        case "approval.requested"?: "Approval asked for"
        case "approval.decided"?: "Approval"
        case "approval.escalated"?: "Approval asked of others, too"
        case let kind?: kind
        case nil: "?"
        }
    }
}
