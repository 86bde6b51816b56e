internal import AccessModel
internal import TransparencyLog

/// The page that shows a bundle to a person: one file, no script, nothing from elsewhere, every word of a record escaped.
/// It is a function of the bundle alone, so that a verifier can tell whether a page shows what the records say.
struct EvidencePage {
    private let bundle: EvidenceBundle
    private let actions: [EvidenceAction]
    /// Of each action that is told, the records that it is made of.
    private let records: [UInt64: [EvidenceRecord]]

    /// Records that the page tells; the others stand in records.jsonl.
    private let most: Int

    init(_ bundle: EvidenceBundle, most: Int = 500) {
        self.most = most
        self.bundle = bundle
        actions = EvidenceAction.all(in: bundle.records, blobs: bundle.blobs)
        let told = Set(actions.prefix(most).map(\.index))
        var records: [UInt64: [EvidenceRecord]] = [:]
        for record in bundle.records {
            let place = record.members.number("of_index") ?? record.index
            for index in Set([place, record.index]) where told.contains(index) {
                records[index, default: []].append(record)
            }
        }
        self.records = records
    }

    var html: [UInt8] {
        let told = actions.prefix(most)
        var html = EvidencePage.head
        html += "<h1>Countersign evidence</h1>\n"
        html +=
            "<p class=\"warning\">This page shows what the bundle holds. It proves nothing by itself, and neither does "
        html += "where you got it. To verify it, with the log&#39;s key that you got by another way:</p>\n"
        html += "<pre>countersign-verify FILE.countersign --key KEY</pre>\n"
        html += checkpoint
        html += "<h2>Records</h2>\n"
        if told.count < actions.count {
            html += "<p class=\"warning\">Only the first \(told.count) of \(actions.count) are told here; all stand in "
            html += "records.jsonl.</p>\n"
        }
        for action in told { html += section(of: action) }
        html += policies
        html += EvidencePage.limits
        html += "</main></body></html>\n"
        return Array(html.utf8)
    }

    private var checkpoint: String {
        var rows = [("Asked for", bundle.origin.asked), ("Made", "\(bundle.origin.made), by \(bundle.origin.maker)")]
        if let note = try? SignedNote(bundle.checkpoint), let checkpoint = try? Checkpoint(note.text) {
            rows.append(("Log", checkpoint.origin))
            rows.append(("Entries", "\(checkpoint.size)"))
            rows.append(("Root", checkpoint.root.base64))
            rows.append(("Signatures claimed", note.signatures.map(\.name).joined(separator: ", ")))
        }
        rows.append(("Records here", "\(bundle.records.count)"))
        return "<h2>Checkpoint</h2>\n" + EvidencePage.table(rows)
            + "<pre>\(HTMLText.block(String(decoding: bundle.checkpoint, as: UTF8.self)))</pre>\n"
    }

    private func section(of action: EvidenceAction) -> String {
        var html = "<section id=\"r\(action.index)\">\n<h3>\(HTMLText.line(action.time)) "
        html += "<span>\(HTMLText.line(action.kind))</span></h3>\n"
        html += "<pre>\(HTMLText.line(action.headline))</pre>\n"
        let rest = action.facts.filter { $0.name != "what" }.map { ($0.name, $0.value) }
        html += EvidencePage.table(rest + [("record", "\(action.id), entry \(action.index)")])
        for record in records[action.index] ?? [] {
            html += "<details><summary>Entry \(record.index) as the log has it</summary>"
            html += "<pre>\(HTMLText.block(String(decoding: record.bytes, as: UTF8.self)))</pre></details>\n"
        }
        return html + "</section>\n"
    }

    private var policies: String {
        guard !bundle.policies.isEmpty else { return "" }
        return "<h2>Policies that the records name</h2>\n"
            + bundle.policies.sorted { $0.key < $1.key }.map { digest, text in
                "<details><summary>sha256:\(HTMLText.line(digest))</summary>"
                    + "<pre>\(HTMLText.block(String(decoding: text, as: UTF8.self)))</pre></details>\n"
            }.joined()
    }

    private static func table(_ rows: [(String, String)]) -> String {
        "<table>\n"
            + rows.map { "<tr><th>\(HTMLText.line($0))</th><td>\(HTMLText.line($1))</td></tr>\n" }.joined()
            + "</table>\n"
    }

    private static let limits =
        "<h2>What even a verified bundle does not prove</h2>\n<ul>\n"
        + EvidenceReport.limits.map { "<li>\(HTMLText.line($0))</li>\n" }.joined() + "</ul>\n"

    private static let head = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">
        <title>Countersign evidence</title>
        <style>
        body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}
        main{max-width:60rem;margin:0 auto;padding:1rem}
        pre{background:#f4f4f4;padding:.5rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%}
        th{text-align:left;vertical-align:top;padding:.1rem 1rem .1rem 0;white-space:nowrap;font-weight:600}
        td{padding:.1rem 0;overflow-wrap:anywhere}
        section{border-top:1px solid #bbb;margin-top:1rem}
        h3 span{font-weight:400}
        .warning{border-left:.3rem solid #b00;padding-left:.7rem}
        @media(prefers-color-scheme:dark){body{color:#eee;background:#111}pre{background:#222}}
        </style></head><body><main>

        """
}
