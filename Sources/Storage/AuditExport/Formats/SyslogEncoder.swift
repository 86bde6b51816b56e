internal import AccessModel
internal import AuditLog

/// One event as a message of RFC 5424: facility 13 (log audit), structured data `countersign@NUMBER`, a sentence as text.
struct SyslogEncoder {
    let event: AuditEvent
    let terms: ExportTerms
    var cut: TextCut
    private var data = ""

    private static let facility = 13

    init(_ event: AuditEvent, _ terms: ExportTerms, _ cut: TextCut) {
        self.event = event
        self.terms = terms
        self.cut = cut
    }

    mutating func encode() -> [UInt8] {
        data = "[countersign@\(terms.enterprise)"
        encodeData()
        data += "]"
        let message = VisibleText.of(cut.text(event.sentence, "message"))
        // A text in UTF-8 begins with the byte order mark (RFC 5424 section 6.4).
        return Array((SyslogEncoder.opening(of: event, terms) + data + " \u{FEFF}" + message).utf8)
    }

    /// The header and the least structured data, for a message whose text is in another format. No byte order mark:
    /// those who read JSON or CEF do not expect one (RFC 5424 section 6.4, MSG-ANY).
    static func header(of event: AuditEvent, terms: ExportTerms) -> [UInt8] {
        let data = "[countersign@\(terms.enterprise) id=\"\(event.id)\" index=\"\(event.index)\"] "
        return Array((opening(of: event, terms) + data).utf8)
    }

    /// `<PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID `
    private static func opening(of event: AuditEvent, _ terms: ExportTerms) -> String {
        let severity = [6, 5, 4][event.grade.rawValue]
        let host = printable(terms.host, limit: 255)
        return "<\(facility * 8 + severity)>1 \(event.time) \(host) countersign \(terms.process) "
            + "\(printable(event.kind, limit: 32)) "
    }

    /// PRINTUSASCII of at most `limit`, or `-`, the nil value.
    private static func printable(_ text: String, limit: Int) -> String {
        let kept = text.unicodeScalars.filter { (0x21...0x7E).contains($0.value) }.prefix(limit)
        return kept.isEmpty ? "-" : String(String.UnicodeScalarView(kept))
    }

    private mutating func encodeData() {
        whole("id", event.id)
        whole("index", String(event.index))
        whole("leaf_sha256", event.leaf)
        whole("session", event.session)
        add("issuer", event.principal?.string("issuer"))
        add("subject", event.subject)
        add("role", event.role)
        add("owner", event.members.string("owner"))
        add("source", event.source?.string("address"))
        if let port = event.source?.number("port") { whole("source_port", String(port)) }
        add("client", event.source?.string("client"))
        add("target", event.targetName)
        add("database", event.target?.string("database"))
        add("target_user", event.target?.string("user"))
        encodeProvenance()
        add("decision", event.decided)
        add("grant", event.decision?.string("grant"))
        add("policy", event.decision?.string("policy") ?? event.members.string("policy"))
        add("outcome", event.outcome?.string("status"))
        add("sqlstate", event.sqlState)
        add("cause", event.cause(terms.statements))
        if let rows = event.outcome?.number("rows") { whole("rows", String(rows)) }
        if let duration = (event.outcome ?? event.close)?.number("duration_us") {
            whole("duration_us", String(duration))
        }
        encodeCommand()
        add("approval", event.approval?.string("id"))
        add("approval_state", event.approval?.string("state"))
        if !cut.names.isEmpty { whole("cut", cut.names.joined(separator: ",")) }
    }

    private mutating func encodeProvenance() {
        let provenance = event.provenance
        add("pipeline", provenance?.string("pipeline"))
        add("run", provenance?.string("run"))
        add("job", provenance?.string("job"))
        add("repository", provenance?.string("repository"))
        add("commit", provenance?.string("commit"))
        add("ref", provenance?.string("ref"))
        add("environment", provenance?.string("environment"))
        add("trigger", provenance?.string("trigger"))
        add("triggered_by", provenance?.string("triggered_by"))
    }

    private mutating func encodeCommand() {
        guard let command = event.command else { return }
        whole("statement_sha256", command.string("sha256"))
        let bytes = command.number("bytes") ?? command.string("text").map { UInt64($0.utf8.count) }
        if let bytes { whole("statement_bytes", String(bytes)) }
        add("effects", event.summary)
        if terms.statements == .full, let statement = command.string("text"), cut.limits.statement > 0 {
            whole("statement", cut.statement(statement, "statement"))
        }
    }

    private mutating func add(_ name: StaticString, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        whole(name, cut.text(value, name))
    }

    /// A value that is never cut: its length is bounded where it comes from.
    private mutating func whole(_ name: StaticString, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        data += " \(name)=\"\(SyslogEncoder.value(value))\""
    }

    /// RFC 5424 section 6.3.3: a backslash before `"`, `\` and `]`.
    static func value(_ text: String) -> String {
        VisibleText.of(text).escaping { $0 == "\"" || $0 == "\\" || $0 == "]" }
    }
}
