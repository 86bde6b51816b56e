internal import AccessModel

/// A session as the API gives it.
struct SessionView {
    let json: PageJSON

    var id: String { json["id"].string ?? "" }
    var path: String { "/sessions/\(PageLink.escaped(id))" }
    var state: String { json["state"].string ?? "unknown" }
    var isLive: Bool { state == "live" }

    var title: String {
        let roles = json["roles"].strings.joined(separator: ", ")
        return "\(roles.isEmpty ? json["principal"]["subject"].string ?? "A session" : roles) on "
            + (RecordLine.target(json["target"]) ?? "?")
    }

    private var source: String? {
        json["source"]["address"].string.map { address in
            json["source"]["client"].string.map { "\(address), \($0)" } ?? address
        }
    }

    private var counts: String? {
        json["commands"].number.map { commands in
            let denied = json["denied"].number ?? 0
            return Digits.counted(commands, "command") + (denied > 0 ? ", \(Digits.grouped(denied)) denied" : "")
        }
    }

    /// For a row of the list. `mayEnd` leads to the form that ends it.
    func row(mayEnd: Bool) -> PageView {
        PageView(present: [
            "href": path,
            "badge": Fact.badge(state, Tone(state)),
            "roles": json["roles"].strings.joined(separator: ", "),
            "subject": json["principal"]["subject"].string,
            "target": RecordLine.target(json["target"]),
            "source": source,
            "opened": PageTime.view(json["opened"]),
            "ended": PageTime.view(json["ended"]),
            "counts": counts,
            "why": json["end_reason"].string,
            "end": mayEnd && isLive ? "\(path)#end" : nil,
        ])
    }

    /// What stands at the head of its page; `opening` is its first record, which says more.
    func facts(opening: PageJSON) -> [PageView] {
        let principal = opening["principal"] == .null ? ProvenanceFacts.rows(json) : ProvenanceFacts.rows(opening)
        let rest = [
            Fact.list("Roles", json["roles"].strings),
            Fact.text("Target", RecordLine.target(json["target"])),
            Fact.text("Database user", opening["target"]["user"].string),
            Fact.text("From", source),
            Fact.outward("Justification", opening["reason"].string),
            Fact.time("Opened", json["opened"]),
            Fact.time("Ended", json["ended"]),
            Fact.text("Why it ended", json["end_reason"].string),
            Fact.text("Commands", counts),
            Fact.code("Session", id),
        ]
        return principal + rest.compactMap { $0 }
    }
}
