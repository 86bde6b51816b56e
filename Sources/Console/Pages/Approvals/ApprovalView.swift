internal import AccessModel

/// An approval as the API gives it, for one person.
struct ApprovalView {
    let json: PageJSON
    let person: SignedInPerson

    var id: String { json["id"].string ?? "" }
    var path: String { "/approvals/\(PageLink.escaped(id))" }
    var state: String { json["state"].string ?? "unknown" }
    var isWaiting: Bool { state == "waiting" }
    var isChangeSet: Bool { json["change_set"] != .null }

    /// `update public.orders (status)`; of many effects the first three.
    var headline: String {
        // What changes something comes first.
        let all = json["command"]["effects"].items
        let effects = (all.filter { $0["action"].string != "select" } + all.filter { $0["action"].string == "select" })
            .map(EffectWords.text)
        let more = effects.count > 3 ? " and \(effects.count - 3) more" : ""
        let words = effects.isEmpty ? "a command" : effects.prefix(3).joined(separator: "; ") + more
        return isChangeSet ? "\(Digits.counted(Int64(statements.count), "statement")): \(words)" : words
    }

    private var statements: [PageJSON] { json["change_set"]["statements"].items }

    /// For a row of the inbox.
    var row: PageView {
        PageView(present: [
            "href": path,
            "headline": headline,
            "badge": Fact.badge(state, Tone(state)),
            "role": json["role"].string,
            "target": RecordLine.target(json["target"]),
            "asks": json["provenance"]["triggered_by"].string ?? json["principal"]["subject"].string,
            "statement": json["command"]["text"].string.map { $0.count > 300 ? $0.prefix(300) + "…" : $0 },
            "created": PageTime.view(json["created"]),
            "expires": PageTime.view(json["expires"], countsDown: true),
            "ended": PageTime.view(json["ended"]),
            "for": asksForMe ? "for you" : nil,
        ])
    }

    /// Whether it waits for this person's answer.
    var asksForMe: Bool { isWaiting && json["may_answer"].isTrue }

    /// All of it, for its page.
    func page(hasProvider: Bool) -> PageView {
        PageView(present: [
            "id": id,
            "heading": isChangeSet ? "A change set" : "A held command",
            "headline": headline,
            "asker": json["provenance"]["triggered_by"].string ?? json["principal"]["subject"].string,
            "role": json["role"].string,
            "target": RecordLine.target(json["target"]),
            "badge": Fact.badge(state, Tone(state)),
            "waiting": isWaiting ? true : nil,
            "expires": PageTime.view(json["expires"], countsDown: isWaiting),
            "statement": isChangeSet
                ? nil : StatementView.view(json["command"], layout: json["formatted"].items.first?.string),
            "may": RoleMayView.view(json["role_may"]),
            "isChangeSet": isChangeSet ? true : nil,
            "statements": isChangeSet ? changeSetRows : nil,
            "ordered": json["change_set"]["ordered"].isTrue ? true : nil,
            "effects": EffectWords.list(json["command"]["effects"]),
            "estimate": rows,
            "reason": json["reason"].string,
            "inTransaction": json["in_transaction"].isTrue ? true : nil,
            "asks": ["rows": asking] as PageView,
            "acts": ["rows": acting] as PageView,
            "hasAnswers": answers.isEmpty ? nil : true,
            "answers": answers,
            "ending": ending,
            "session": json["session"].string.flatMap { session in
                person.may(.auditor) ? "/sessions/\(PageLink.escaped(session))" : nil
            },
        ]).merging(form(hasProvider)) { $1 }
    }

    private var changeSetRows: [PageView] {
        let used = Set(json["change_set"]["used"].items.compactMap(\.number))
        let layouts = json["formatted"].items
        return statements.enumerated().map { index, statement in
            PageView(present: [
                "layout": layouts.indices.contains(index) ? layouts[index].string : nil,
                "number": statement["number"].words,
                "text": statement["text"].string,
                "effects": EffectWords.list(statement["effects"]).joined(separator: "; "),
                "badge": statement["needs_approval"].isTrue
                    ? Fact.badge("asks for approval", .hold) : Fact.badge("allowed anyway", .plain),
                "used": used.contains(statement["number"].number ?? -1) ? true : nil,
            ])
        }
    }

    /// Who asks, and out of which run.
    private var asking: [PageView] {
        let rest = [
            Fact.list("Behind it", json["requesters"].strings),
            Fact.text("Commit", json["change_set"]["commit"].string),
            Fact.outward("Justification", json["reason"].string),
        ]
        return rest.compactMap { $0 } + ProvenanceFacts.rows(json)
    }

    /// What it would act as, where, and under what.
    private var acting: [PageView] {
        let decision = json["decision"]
        let path = json["search_path"].strings.joined(separator: ", ")
        return [
            Fact.text("Role", json["role"].string, note: roleOwner.map { "owner \($0)" }),
            Fact.text("Target", RecordLine.target(json["target"])),
            Fact.text("Database user", json["target"]["user"].string),
            Fact.text("Search path", path),
            Fact.code("Held by", decision["grant"].string),
            Fact.text("Why", decision["reason"].string),
            Fact.list("Owed", ObligationWords.list(json["obligations"])),
            Fact.list("Answered by", approvers),
            Fact.time("Asked", json["created"]),
            Fact.time("Until", json["expires"]),
            Fact.code("Digest", json["digest"].string),
            Fact.code("Policy", decision["policy"].string),
        ].compactMap { $0 }
    }

    /// How many rows it may change: what the target plans with, and what the gateway lets pass.
    private var rows: String? {
        let words = [
            json["estimated_rows"].number.map { "about \(Digits.grouped($0)), as the target plans it" },
            json["obligations"]["rows_changed"].number.map {
                "at most \(Digits.grouped($0)) changed, or its transaction fails"
            },
        ]
        return words.compactMap { $0 }.joined(separator: "; ")
    }

    private var roleOwner: String? {
        json["roles"].items.first { $0["name"].string == json["role"].string }?["owner"].string
    }

    private var approvers: [String] {
        let missing = json["missing"].number ?? 0
        let count = isWaiting && missing > 1 ? ["\(missing) more must say yes"] : []
        let escalated = json["escalated"].isTrue ? ["others are asked by now, as nobody answered in time"] : []
        return json["approvers"].strings + count + escalated
    }

    private var answers: [PageView] {
        json["answers"].items.map { answer in
            let verdict = answer["answer"].string == "approve" ? "approved" : "denied"
            return PageView(present: [
                "person": answer["person"].string,
                "badge": Fact.badge(verdict, Tone(verdict)),
                "reason": answer["reason"].string,
                "time": PageTime.view(answer["time"]),
            ])
        }
    }

    /// Of the time before the gateway's start.
    private var isPast: Bool { json["from_ledger"].isTrue }

    /// What became of it.
    private var ending: PageView? {
        var words: String
        switch state {
        case "waiting": return nil
        case "approved" where isChangeSet && isPast:
            words = "It was approved. Nothing runs by it any more."
        case "approved" where isPast: words = "It was approved."
        case "approved" where isChangeSet:
            words = "It was approved. Jobs of this role may run exactly these statements."
        case "approved": words = "It was approved, and runs once, exactly as it stands here."
        case "denied": words = "It was denied. Its client was told so."
        case "expired": words = "Nobody answered in time, so it did not run."
        case "withdrawn": words = "Nobody waits for it any more, so it did not run."
        default: words = "It is over."
        }
        if isPast { words += " The gateway has been started anew since: this is what the audit trail tells." }
        return PageView(present: ["words": words, "tone": Tone(state).rawValue, "time": PageTime.view(json["ended"])])
    }

    /// The form, or why there is none.
    private func form(_ hasProvider: Bool) -> PageView {
        guard isWaiting else { return [:] }
        guard asksForMe, person.may(.approver) else {
            let why = json["may_not_answer_because"].string ?? "no grant names you among those who approve"
            return PageView(present: ["why": why.prefix(1).uppercased() + why.dropFirst() + "."])
        }
        return PageView(present: [
            "form": PageView(present: [
                "action": "\(path)/answer",
                "digest": json["digest"].string,
                "token": person.formToken,
                "fresh": person.isFresh ? true : nil,
                "anew": person.isFresh ? nil : true,
                "again": person.isFresh || !hasProvider || person.isLocal
                    ? nil : "/login/again?return_to=\(PageLink.escaped(path))",
            ])
        ])
    }
}
