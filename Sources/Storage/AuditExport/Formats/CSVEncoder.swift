internal import AccessModel
internal import AuditLog

/// One event as a row of CSV (RFC 4180), for spreadsheets.
struct CSVEncoder {
    let event: AuditEvent
    let terms: ExportTerms

    static let heading =
        "time,index,id,kind,session,issuer,subject,role,owner,source,client,target,database,target_user,pipeline,run,"
        + "repository,commit,ref,environment,triggered_by,decision,grant,outcome,rows,duration_us,cause,effects,"
        + "statement_sha256,statement,leaf_sha256"

    init(_ event: AuditEvent, _ terms: ExportTerms) {
        self.event = event
        self.terms = terms
    }

    func encode() -> String {
        let provenance = event.provenance
        let who: [String?] = [
            event.time.description, String(event.index), event.id, event.kind, event.session,
            event.principal?.string("issuer"), event.subject, event.role, event.members.string("owner"),
            event.source?.string("address"), event.source?.string("client"), event.targetName,
            event.target?.string("database"), event.target?.string("user"),
        ]
        let why: [String?] = [
            provenance?.string("pipeline"), provenance?.string("run"), provenance?.string("repository"),
            provenance?.string("commit"), provenance?.string("ref"), provenance?.string("environment"),
            provenance?.string("triggered_by"),
        ]
        let what: [String?] = [
            event.decided, event.decision?.string("grant"), event.outcome?.string("status"),
            event.outcome?.number("rows").map { String($0) },
            (event.outcome ?? event.close)?.number("duration_us").map { String($0) }, event.cause(terms.statements),
            event.summary,
            event.command?.string("sha256"), terms.statements == .full ? event.command?.string("text") : nil,
            event.leaf,
        ]
        return (who + why + what).map { CSVEncoder.cell($0 ?? "") }.joined(separator: ",")
    }

    /// A row is one line: line breaks inside become pictures. A cell that a spreadsheet would take for a formula gets an
    /// apostrophe in front.
    static func cell(_ text: String) -> String {
        var cell = VisibleText.of(text)
        let first = text.unicodeScalars.first
        if let first, ["=", "+", "-", "@", "\t", "\r"].contains(first) { cell = "'" + cell }
        let isPlain = !cell.unicodeScalars.contains { $0 == "," || $0 == "\"" }
        return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
