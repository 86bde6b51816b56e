/// How the parts of the gateway are, from what `/api/v1/status` gives.
struct HealthView {
    let json: PageJSON

    /// What does not work, and what should be looked at.
    var problems: [PageView] {
        let readiness = json["readiness"]
        let reasons = readiness["reasons"].items.map { HealthView.problem($0, .no) }
        return reasons + readiness["warnings"].items.map { HealthView.problem($0, .hold) }
    }

    private static func problem(_ part: PageJSON, _ tone: Tone) -> PageView {
        PageView(present: ["part": part["part"].string, "reason": part["reason"].string, "tone": tone.rawValue])
    }

    var page: PageView {
        let status = json["readiness"]["status"].string ?? "unknown"
        return PageView(present: [
            "badge": Fact.badge(status, Tone(status)),
            "problems": problems,
            "allWell": problems.isEmpty && status == "ready" ? true : nil,
            "gateway": ["rows": gateway] as PageView,
            "ledger": ["rows": ledger] as PageView,
            "witnesses": witnesses,
            "alone": json["witnesses"] == .null ? true : nil,
            "exports": json["exports"].items.map(HealthView.export),
            "hasExports": json["exports"].items.isEmpty ? nil : true,
        ])
    }

    private var gateway: [PageView] {
        [
            Fact.text("Version", json["version"].string),
            Fact.time("Started", json["started"]),
            Fact.text("Origin", json["origin"].string),
            Fact.code("Policy", json["policy"].string),
        ].compactMap { $0 }
    }

    private var ledger: [PageView] {
        let ledger = json["ledger"]
        let checkpoint = ledger["checkpoint"]
        return [
            ledger["state"].string.map { Fact.badge("State", $0, tone: Tone($0 == "closed" ? "failed" : $0)) },
            Fact.text("Records", Digits.grouped(ledger["records"])),
            Fact.text("On disk", Digits.grouped(ledger["durable"])),
            Fact.text("In the last checkpoint", Digits.grouped(checkpoint["records"])),
            Fact.time("Checkpoint of", checkpoint["time"]),
            Fact.text("Its age", checkpoint["age_s"].number.map { Digits.duration(seconds: $0) }),
        ].compactMap { $0 }
    }

    private var witnesses: PageView? {
        let witnesses = json["witnesses"]
        guard witnesses != .null else { return nil }
        let failing = witnesses["failing"].items
        let rows = witnesses["configured"].strings.map { name in
            let reason = failing.first { $0["name"].string == name }.map { $0["reason"].string ?? "failing" }
            return Fact.badge(
                name,
                reason == nil ? "answers" : "failing",
                tone: reason == nil ? .ok : .no,
                note: reason
            )
        }
        let figures = [
            Fact.text("Witnessed", Digits.grouped(witnesses["witnessed"]), note: "records"),
            Fact.text("Waiting for", witnesses["waiting_s"].number.map { Digits.duration(seconds: $0) }),
            witnesses["changes_refused"].isTrue
                ? Fact.badge("Changes", "refused", tone: .no, note: "until the witnesses answer again") : nil,
        ]
        return ["rows": rows + figures.compactMap { $0 }]
    }

    private static func export(_ export: PageJSON) -> PageView {
        let connected = export["connected"].isTrue
        return PageView(present: [
            "name": export["name"].string,
            "format": export["format"].string,
            "badge": Fact.badge(connected ? "connected" : "not connected", connected ? .ok : .no),
            "lag": export["lag_records"].number.map { records in
                let time = export["lag_s"].number.map { ", \(Digits.duration(seconds: $0))" } ?? ""
                return records == 0 ? "up to date" : "\(Digits.counted(records, "record"))\(time) behind"
            },
            "error": export["last_error"].string,
        ])
    }
}
