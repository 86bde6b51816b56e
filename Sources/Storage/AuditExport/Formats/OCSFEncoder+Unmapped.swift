internal import AccessModel
internal import AuditLog

extension OCSFEncoder {
    /// What OCSF has no place for: `unmapped.countersign`.
    mutating func encodeUnmapped() {
        open("unmapped")
        open("countersign")
        json.member("kind")
        json.append(event.kind)
        json.member("leaf_sha256")
        json.append(event.leaf)
        text("role", event.role)
        text("owner", event.members.string("owner"))
        text("reason", event.members.string("reason"))
        encodeProvenance()
        if event.kind == "command" { encodeCommand() }
        text("target_user", event.target?.string("user"))
        encodeCounts()
        text("previous_policy", event.members.string("previous"))
        encodeRecovery()
        if let approval = event.approval {
            text("approval", approval.string("id"))
            text("approval_state", approval.string("state"))
            text("approval_answer", approval.string("answer"))
        }
        if whole != nil {
            json.member("cut")
            json.append(cut.names)
        }
        close()
        close()
    }

    private mutating func encodeProvenance() {
        guard let provenance = event.provenance else { return }
        open("provenance")
        text("pipeline", provenance.string("pipeline"))
        text("run", provenance.string("run"))
        text("job", provenance.string("job"))
        text("repository", provenance.string("repository"))
        text("commit", provenance.string("commit"))
        text("ref", provenance.string("ref"))
        text("environment", provenance.string("environment"))
        text("trigger", provenance.string("trigger"))
        text("triggered_by", provenance.string("triggered_by"))
        text("run_url", provenance.string("run_url"))
        close()
    }

    private mutating func encodeCommand() {
        text("outcome", event.outcome?.string("status"))
        text("decision", event.decided)
        text("statement_sha256", event.command?.string("sha256"))
        let bytes = event.command?.number("bytes") ?? event.command?.string("text").map { UInt64($0.utf8.count) }
        if let bytes { number("statement_bytes", Int(clamping: bytes)) }
        json.member("effects")
        json.appendRaw("[")
        for (number, effect) in cut.items(event.effects, "effects").enumerated() {
            if number > 0 { json.appendRaw(",") }
            json.appendRaw("{")
            text("action", effect.string("action"))
            text("object", effect.string("object"))
            if let range = effect["columns"] {
                let columns = (effect.text.elements(of: range) ?? []).compactMap { effect.text.string(at: $0) }
                json.member("columns")
                json.append(cut.items(columns, "columns").map { cut.text($0, "columns") })
            }
            json.appendRaw("}")
        }
        json.appendRaw("]")
    }

    private mutating func encodeCounts() {
        if let rows = event.outcome?.number("rows") { number("rows", Int(clamping: rows)) }
        if let duration = (event.outcome ?? event.close)?.number("duration_us") {
            number("duration_us", Int(clamping: duration))
        }
        if let commands = event.close?.number("commands") { number("commands", Int(clamping: commands)) }
        if let denied = event.close?.number("denied") { number("denied", Int(clamping: denied)) }
        if let range = event.members["masked"], let masked = event.members.text.elements(of: range), !masked.isEmpty {
            number("masked", masked.count)
        }
        if let suppressed = event.refusal?.number("suppressed") { number("suppressed", Int(clamping: suppressed)) }
    }

    private mutating func encodeRecovery() {
        guard let recovered = event.members.object("recovered") else { return }
        text("recovered_segment", recovered.string("segment"))
        if let bytes = recovered.number("torn_bytes") { number("recovered_bytes", Int(clamping: bytes)) }
    }
}
