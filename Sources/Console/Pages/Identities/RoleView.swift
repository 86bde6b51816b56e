/// A role as the API gives it.
struct RoleView {
    let json: PageJSON

    var name: String { json["name"].string ?? "" }
    var path: String { "/roles/\(PageLink.escaped(name))" }
    var state: String { json["state"].string ?? "unknown" }

    private var owner: String? {
        json["owner"]["id"].string.map { id in
            json["owner"]["name"].string.map { $0 == id ? id : "\($0) (\(id))" } ?? id
        }
    }

    private var ownerNote: String? {
        switch json["owner"]["status"].string {
        case "left"?: "has left"
        case "unknown"?: "is not among people"
        default: nil
        }
    }

    var row: PageView {
        PageView(present: [
            "href": path,
            "name": name,
            "description": json["description"].string,
            "badge": Fact.badge(state, Tone(state)),
            "owner": owner,
            "ownerNote": ownerNote,
            "lastDay": json["last_day"].string,
            "lastUse": PageTime.view(json["last_use"]),
            "live": json["live"].number.flatMap { $0 > 0 ? Digits.counted($0, "session") : nil },
            "liveHref": "/sessions?state=live&role=\(PageLink.escaped(name))",
            "targets": json["targets"].strings.joined(separator: ", "),
            "bound": json["bindings"].number.map { $0 == 0 ? "nobody" : Digits.counted($0, "binding") },
            "warnings": json["warnings"].strings,
        ])
    }

    var page: PageView {
        PageView(present: [
            "name": name,
            "description": json["description"].string,
            "badge": Fact.badge(state, Tone(state)),
            "warnings": json["warnings"].strings,
            "facts": ["rows": facts] as PageView,
            "bindings": json["bind"].items.map(RoleView.binding),
            "hasBindings": json["bind"].isNothing ? nil : true,
            "grants": json["allowed"].items.enumerated().map(RoleView.grant),
            "sessions": json["sessions"].items.map { SessionView(json: $0).row(mayEnd: false) },
            "hasSessions": json["sessions"].isNothing ? nil : true,
            "audit": "/audit?role=\(PageLink.escaped(name))",
        ])
    }

    private var facts: [PageView] {
        let session = json["session"]
        return [
            Fact.text("Owner", owner, note: ownerNote),
            Fact.text("Expires", json["last_day"].string.map { "after \($0) (UTC)" }),
            Fact.time("Last used", json["last_use"]) ?? Fact.text("Last used", "never, as far as the index knows"),
            Fact.text("Lasts at most", session["max_duration_s"].number.map { Digits.duration(seconds: $0) }),
            Fact.text("Idle at most", session["idle_s"].number.map { Digits.duration(seconds: $0) }),
            Fact.text("Hours", session["when"].string),
            Fact.list("From", session["sources"].strings),
            Fact.text("Must name", session["require"].strings.joined(separator: ", ")),
            Fact.text("Justification", session["justification"].string),
            json["literals"].string == "redacted"
                ? Fact.text("Records", "constants and parameters as keyed hashes") : nil,
        ].compactMap { $0 }
    }

    private static func binding(_ binding: PageJSON) -> PageView {
        let claims = binding["claims"].items.map { claim in
            let values = claim["values"].strings.joined(separator: " or ")
            let words = claim["is"].string == "glob" ? "is like" : "is"
            return "\(claim["claim"].string ?? "?") \(words) \(values)"
        }
        return PageView(present: ["issuer": binding["issuer"].string, "claims": claims])
    }

    private static func grant(_ number: Int, _ grant: PageJSON) -> PageView {
        let approval = grant["approval"]
        let approvers = approval["approvers"].strings.joined(separator: ", ")
        let quorum = approval["quorum"].number ?? 1
        let within = approval["within_s"].number.map { ", within \(Digits.duration(seconds: $0))" } ?? ""
        return PageView(present: [
            "number": "\(number)",
            "target": grant["target"].string,
            "rules": grant["rules"].items.map { rule in
                let verdict = rule["verdict"].string ?? "?"
                return PageView(present: [
                    "badge": Fact.badge(verdict, Tone(verdict)),
                    "action": rule["action"].string,
                    "object": rule["object"].string,
                    "path": rule["path"].string,
                ])
            },
            "masks": grant["masks"].items.map { "\($0["column"].words ?? "?") as \($0["method"].words ?? "?")" },
            "hasMasks": grant["masks"].isNothing ? nil : true,
            "approval": approval == .null ? nil : "\(quorum) of \(approvers)\(within)",
            "limits": ObligationWords.list(grant["limits"]),
            "hasLimits": grant["limits"].isNothing ? nil : true,
            "when": grant["when"].string,
        ])
    }
}
