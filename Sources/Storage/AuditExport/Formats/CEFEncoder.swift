internal import AccessModel
internal import AuditLog

/// One event in ArcSight's Common Event Format: `CEF:0|vendor|product|version|signature|name|severity|key=value …`.
struct CEFEncoder {
    let event: AuditEvent
    let terms: ExportTerms
    var cut: TextCut
    private var text = ""

    init(_ event: AuditEvent, _ terms: ExportTerms, _ cut: TextCut) {
        self.event = event
        self.terms = terms
        self.cut = cut
    }

    mutating func encode() -> String {
        let signature = event.kind == "command" ? "command.\(event.action?.rawValue ?? "query")" : event.kind
        let severity = [1, 3, 6][event.grade.rawValue]
        let header = ["Countersign", "Gateway", terms.version, signature, name]
        text = "CEF:0|" + header.map(CEFEncoder.header).joined(separator: "|") + "|\(severity)|"
        add("rt", String(event.time.microseconds / 1000))
        add("externalId", event.id)
        add("cat", event.kind)
        encodeWho()
        encodeWhat()
        encodeOwn()
        if !cut.names.isEmpty {
            add("flexString2", cut.names.joined(separator: ","))
            add("flexString2Label", "cut")
        }
        return text
    }

    /// The kind in words: what a console groups by, so no value stands in it.
    private var name: String {
        event.kind == "command"
            ? "command \(event.decided ?? "undecided")" : event.kind.split(separator: ".").joined(separator: " ")
    }

    private mutating func encodeWho() {
        if let address = event.source?.string("address"), NetworkText.isAddress(address) {
            add(address.contains(":") ? "c6a2" : "src", address)
            if address.contains(":") { add("c6a2Label", "Source IPv6 Address") }
        }
        if let port = event.source?.number("port") { add("spt", String(port)) }
        add("suser", event.subject)
        add("spriv", event.role)
        add("duser", event.target?.string("user"))
        add("dhost", event.targetName)
        add("app", event.target?.string("type"))
        add("requestClientApplication", event.source?.string("client"))
    }

    private mutating func encodeWhat() {
        add("act", event.decided)
        add("outcome", event.outcome?.string("status") ?? (event.isSuccess == false ? "failure" : "success"))
        add("reason", event.cause(terms.statements))
        if terms.statements == .full, let statement = event.command?.string("text"), cut.limits.statement > 0 {
            put("request", cut.statement(statement, "request"))
        }
        add("msg", event.sentence)
    }

    private mutating func encodeOwn() {
        add("cs1", event.provenance?.string("pipeline"), label: "pipeline")
        add("cs2", event.provenance?.string("repository"), label: "repository")
        add("cs3", event.decision?.string("policy") ?? event.members.string("policy"), label: "policy")
        add("cs4", event.session, label: "session")
        add("cs5", event.approval?.string("id"), label: "approval")
        if event.kind == "command" { add("cs6", event.summary, label: "effects") }
        if let rows = event.outcome?.number("rows") { add("cn1", String(rows), label: "rows") }
        add("cn2", String(event.index), label: "index")
        put("fileHash", event.command?.string("sha256") ?? "")
        add("flexString1", event.leaf, label: "leaf_sha256")
    }

    private mutating func add(_ key: StaticString, _ value: String?, label: String) {
        guard let value, !value.isEmpty else { return }
        add(key, value)
        text += " \(key)Label=\(label)"
    }

    private mutating func add(_ key: StaticString, _ value: String?) {
        guard let value else { return }
        put(key, key.hasFixedLength ? value : cut.text(value, key))
    }

    private mutating func put(_ key: StaticString, _ value: String) {
        guard !value.isEmpty else { return }
        if text.utf8.last != 0x7C { text += " " }
        text += "\(key)=\(CEFEncoder.value(value))"
    }

    // MARK: Escapes

    /// Of the header: `\` and `|`; a header has no line breaks.
    static func header(_ text: String) -> String {
        VisibleText.of(text).escaping { $0 == "\\" || $0 == "|" }
    }

    /// Of the extension: `\`, `=`, and line breaks as `\n` and `\r`.
    static func value(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "=": escaped += "\\" + String(scalar)
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return VisibleText.of(escaped)
    }
}

extension StaticString {
    /// Whether what the key holds has a length of its own, and is never cut.
    fileprivate var hasFixedLength: Bool {
        ["rt", "externalId", "spt", "cs4", "cn1", "cn2", "flexString1", "src", "c6a2"].contains("\(self)")
    }
}
