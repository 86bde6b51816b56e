internal import AccessModel

/// A record with all that it holds, and its proof.
struct RecordPageView {
    enum Proof {
        case given(PageJSON)
        /// Why there is none now.
        case none(String)
    }

    let json: PageJSON
    let proof: Proof

    var id: String { json["id"].string ?? "" }

    var title: String {
        let effects = EffectWords.list(json["command"]["effects"])
        guard let first = effects.first else {
            return json["kind"].string == "command" ? "A command" : json["kind"].string ?? "A record"
        }
        return effects.count > 1 ? "\(first) and \(effects.count - 1) more" : first
    }

    var page: PageView {
        let result = RecordLine.result(json)
        let isCommand = json["command"] != .null
        return PageView(present: [
            "id": id,
            "title": title,
            "kind": json["kind"].string,
            "badge": result.words.isEmpty ? nil : Fact.badge(result.words, result.tone),
            "statement": isCommand ? StatementView.view(json["command"]) : nil,
            "effects": EffectWords.list(json["command"]["effects"]),
            "hasEffects": json["command"]["effects"].isNothing ? nil : true,
            "denial": json["decision"]["outcome"].string == "deny" ? json["decision"]["reason"].string : nil,
            "error": json["outcome"]["error"].string,
            "sections": RecordSections(json).views,
            "raw": PrettyJSON.text(json),
            "links": links,
        ]).merging(proofView) { $1 }
    }

    private var links: [PageView] {
        [
            json["session"].string.map { ("Its session", "/sessions/\(PageLink.escaped($0))") },
            json["approval"]["id"].string.map { ("Its approval", "/approvals/\(PageLink.escaped($0))") },
        ].compactMap { $0 }.map { PageView(present: ["label": $0.0, "href": $0.1]) }
    }

    private var proofView: PageView {
        switch proof {
        case .none(let why): return ["unproven": why.prefix(1).uppercased() + why.dropFirst() + "."]
        case .given(let proof):
            let rows = [
                Fact.text("Entry", Digits.grouped(proof["index"]), note: "counted from 0"),
                Fact.text("Checkpoint of", proof["size"].number.map { Digits.counted($0, "record") }),
                Fact.code("Leaf hash", proof["leaf"].string),
                Fact.code("Root", proof["root"].string),
                Fact.text("Hashes on the way", "\(proof["hashes"].items.count)"),
                Fact.code("Key of the log", proof["key"].string),
            ]
            return PageView(present: [
                "proof": PageView(present: [
                    "rows": rows.compactMap { $0 },
                    "checkpoint": proof["checkpoint"].string,
                    "key": proof["key"].string,
                    "address": "/api/v1/records/\(PageLink.escaped(id))/proof",
                    "bundle": "/api/v1/records/\(PageLink.escaped(id))/bundle",
                    "record": id,
                ])
            ])
        }
    }
}
