internal import AccessModel

/// The gateway at a glance, from what `/api/v1/status` gives.
struct StatusView {
    let json: PageJSON
    let person: SignedInPerson

    /// For the overview: one card a subject, each leading on where this person may go.
    var cards: [PageView] {
        [sessions, commands, denied, held, ledger, witnesses, exports, readiness].compactMap { $0 }
    }

    private func card(
        _ what: String,
        _ figure: String?,
        _ more: [String?],
        to href: String,
        in section: PageSection,
        badge: (String, Tone)? = nil
    ) -> PageView? {
        guard figure != nil || badge != nil else { return nil }
        return PageView(present: [
            "what": what,
            "figure": figure,
            "badge": badge.map { Fact.badge($0.0, $0.1) },
            "more": more.compactMap { $0 },
            "href": section.isOpen(to: person) ? href : nil,
        ])
    }

    private var sessions: PageView? {
        let sessions = json["sessions"]
        return card(
            "Live sessions",
            Digits.grouped(sessions["live"]),
            [
                sessions["opened"].number.map { "\(Digits.grouped($0)) opened since the start" },
                sessions["refused"].number.map { "\(Digits.grouped($0)) refused" },
            ],
            to: "/sessions",
            in: .sessions
        )
    }

    private var commands: PageView? {
        card(
            "Commands in the last minute",
            Digits.grouped(json["commands"]["minute"]),
            [json["commands"]["hour"].number.map { "\(Digits.grouped($0)) in the last hour" }],
            to: "/audit?since=1h",
            in: .audit
        )
    }

    private var denied: PageView? {
        card(
            "Denied in the last hour",
            Digits.grouped(json["denied"]["hour"]),
            [json["denied"]["total"].number.map { "\(Digits.grouped($0)) since the start" }],
            to: "/audit?decision=deny",
            in: .audit
        )
    }

    private var held: PageView? {
        card(
            "Waiting for an approval",
            Digits.grouped(json["held"]["waiting"]),
            [json["held"]["hour"].number.map { "\(Digits.grouped($0)) held in the last hour" }],
            to: "/approvals",
            in: .approvals
        )
    }

    private var ledger: PageView? {
        let ledger = json["ledger"]
        return card(
            "Ledger",
            ledger["records"].number.map { Digits.counted($0, "record") },
            [checkpointWords],
            to: "/health",
            in: .health,
            badge: ledger["state"].string.map { ($0, Tone($0 == "closed" ? "failed" : $0)) }
        )
    }

    private var checkpointWords: String? {
        let checkpoint = json["ledger"]["checkpoint"]
        guard let records = checkpoint["records"].number else { return nil }
        guard records > 0 else { return "no checkpoint yet" }
        let age = checkpoint["age_s"].number.map { ", \(Digits.duration(seconds: $0)) old" } ?? ""
        return "checkpoint of \(Digits.counted(records, "record"))\(age)"
    }

    private var witnesses: PageView? {
        let witnesses = json["witnesses"]
        guard witnesses != .null else {
            return json["ledger"] == .null
                ? nil
                : card("Witnesses", "None", ["nobody else keeps checkpoints"], to: "/health#witnesses", in: .health)
        }
        let (all, failing) = (witnesses["configured"].items.count, witnesses["failing"].items.count)
        return card(
            "Witnesses",
            "\(all - min(all, failing)) of \(all)",
            [witnesses["witnessed"].number.map { "\(Digits.counted($0, "record")) witnessed" }],
            to: "/health#witnesses",
            in: .health,
            badge: failing == 0 ? ("all answer", .ok) : ("\(failing) failing", .no)
        )
    }

    private var exports: PageView? {
        let exports = json["exports"].items
        guard !exports.isEmpty else { return nil }
        let away = exports.count { !$0["connected"].isTrue }
        return card(
            "Exports",
            "\(exports.count - away) of \(exports.count)",
            [exports.compactMap { $0["lag_records"].number }.max().map { "\(Digits.counted($0, "record")) behind" }],
            to: "/health#exports",
            in: .health,
            badge: away == 0 ? ("connected", .ok) : ("\(away) not connected", .no)
        )
    }

    private var readiness: PageView? {
        let readiness = json["readiness"]
        guard let status = readiness["status"].string else { return nil }
        let warnings = readiness["warnings"].items.count
        return card(
            "Gateway",
            nil,
            [
                json["version"].string.map { "version \($0)" },
                warnings > 0 ? Digits.counted(Int64(warnings), "warning") : nil,
            ],
            to: "/health",
            in: .health,
            badge: (status, Tone(status))
        )
    }
}
