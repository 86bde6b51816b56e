internal import AccessModel
internal import Evidence
internal import TransparencyLog

/// The verdict for a person.
enum VerdictText {
    private static let few = 20

    static func text(_ report: EvidenceReport, all: Bool) -> String {
        let count = report.bundle.records.count
        let origin = report.checkpoint.checkpoint.origin.onOneLine
        var lines = [
            "VERIFIED: \(count) record\(count == 1 ? " stands" : "s stand") in the log \(origin), unchanged.", "",
            "Checkpoint",
        ]
        lines += checkpoint(report.checkpoint, known: report.knownWitnesses)
        if let older = report.older { lines.append("  extends    the older checkpoint of \(older.size) entries") }
        lines.append("  asked for  \(report.bundle.origin.asked.onOneLine) (says the maker)")
        lines += ["", "Records"]
        let told = all ? report.actions[...] : report.actions.prefix(few)
        for action in told { lines += VerdictText.lines(of: action) }
        if told.count < report.actions.count {
            lines.append("  … and \(report.actions.count - told.count) more: --all tells every one")
        }
        lines += ["", "What this proves"]
        lines += (proven(report.checkpoint, older: report.older) + sessions(report)).map { "  - \($0)" }
        lines += ["What it does not prove"] + report.allLimits.map { "  - \($0)" }
        if !report.remarks.isEmpty { lines += ["To know"] + report.remarks.map { "  - \($0)" } }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Of one entry whose bytes the reader has.
    static func text(_ proven: SingleProof.Proven) -> String {
        let origin = proven.checkpoint.checkpoint.origin.onOneLine
        var lines = [
            "VERIFIED: the record is entry \(proven.index) of the log \(origin), unchanged.", "", "Checkpoint",
        ]
        lines += checkpoint(proven.checkpoint, known: proven.known)
        lines += ["", "What this proves"] + VerdictText.proven(proven.checkpoint, older: nil).map { "  - \($0)" }
        lines += ["What it does not prove"] + EvidenceReport.limits(of: proven.checkpoint).map { "  - \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func checkpoint(_ signed: SignedCheckpoint, known: Int) -> [String] {
        let checkpoint = signed.checkpoint
        var lines = [
            "  log        \(checkpoint.origin.onOneLine)",
            "  entries    \(checkpoint.size)",
            "  root       \(checkpoint.root.base64)",
            "  signed by  \(signed.log.text.onOneLine)",
        ]
        if known == 0 {
            lines.append("  witnesses  not asked for (no --witness-policy)")
        } else {
            lines.append("  witnesses  \(signed.cosignatures.count) of \(known) named")
        }
        for signature in signed.cosignatures {
            lines.append("             \(signature.key.name.onOneLine) at \(moment(signature.time))")
        }
        return lines
    }

    private static func lines(of action: EvidenceAction) -> [String] {
        ["  entry \(action.index)  \(action.time.onOneLine)  \(action.kind.onOneLine) \(action.id.onOneLine)"]
            + action.facts.map { fact in
                "    \(fact.name)\(String(repeating: " ", count: max(1, 14 - fact.name.count)))\(fact.value)"
            }
    }

    private static func proven(_ signed: SignedCheckpoint, older: Checkpoint?) -> [String] {
        var proven = [
            "The holder of the log's key signed a tree that has these records at these places, byte for byte.",
            "Nobody can change, remove or insert a record before them and keep this checkpoint.",
        ]
        if let time = signed.earliestTime {
            let count = signed.cosignatures.count
            proven.append(
                "\(count) witness\(count == 1 ? "" : "es") that you named saw this very history, the first at "
                    + "\(moment(time)): the records existed by then."
            )
        }
        if let older {
            proven.append("Nothing of the first \(older.size) entries was changed since your older checkpoint.")
        }
        return proven
    }

    private static func sessions(_ report: EvidenceReport) -> [String] {
        let whole = report.sessions.filter(\.isWhole)
        guard !whole.isEmpty else { return [] }
        let ids = whole.count <= few ? ": " + whole.map(\.id.onOneLine).joined(separator: ", ") : ""
        return [
            "\(whole.count) session\(whole.count == 1 ? " is" : "s are") here from beginning to end, no record missing\(ids)."
        ]
    }

    /// `2026-11-24T10:12:13Z`
    static func moment(_ seconds: UInt64?) -> String {
        guard let seconds, let signed = Int64(exactly: seconds) else { return "an unknown time" }
        return "\(Timestamp(seconds: signed))".prefix(19) + "Z"
    }
}
