internal import AccessModel
internal import AuditLog

/// One event as a JSON object of OCSF. Only attributes of the released schema; the rest is under `unmapped.countersign`.
struct OCSFEncoder {
    let event: AuditEvent
    let terms: ExportTerms
    var cut: TextCut
    /// Bytes of the event before it was cut.
    let whole: Int?
    let place: OCSFClass
    var json = JSONBytes(reserving: 4096)

    init(_ event: AuditEvent, _ terms: ExportTerms, _ cut: TextCut, whole: Int?) {
        self.event = event
        self.terms = terms
        self.cut = cut
        self.whole = whole
        place = OCSFClass(of: event)
    }

    mutating func encode() -> [UInt8] {
        json.appendRaw("{")
        encodeClass()
        encodeStatus()
        switch place.uid {
        case 6005: encodeDatastore()
        case 3002: encodeAuthentication()
        case 3004: encodeEntity()
        case 6002: encodeLifecycle()
        default: break
        }
        encodeObservables()
        encodeUnmapped()
        // Last: it tells what was cut.
        encodeMetadata()
        json.appendRaw("}")
        return json.bytes
    }

    // MARK: Every class

    private mutating func encodeClass() {
        number("class_uid", place.uid)
        number("category_uid", place.category)
        number("activity_id", place.activity)
        text("activity_name", place.activityName)
        number("type_uid", place.uid * 100 + place.activity)
        number("severity_id", event.grade.rawValue + 1)
        number("time", milliseconds(event.time.microseconds))
        number("timezone_offset", 0)
        text("message", event.sentence)
    }

    private mutating func encodeStatus() {
        switch event.isSuccess {
        case true: number("status_id", 1)
        case false: number("status_id", 2)
        default: number("status_id", 0)
        }
        text("status_code", event.sqlState ?? event.refusal?.string("code"))
        text("status_detail", event.cause(terms.statements))
        if let duration = (event.outcome ?? event.close)?.number("duration_us") {
            number("duration", Int(clamping: duration / 1000))
        }
        guard hasSecurityControl else { return }
        switch event.decided {
        case "allow":
            number("action_id", 1)
            number("disposition_id", 1)
        case "hold":
            number("action_id", 2)
            number("disposition_id", 14)
        default:
            number("action_id", 2)
            number("disposition_id", 2)
        }
        guard let grant = event.decision?.string("grant") else { return }
        open("policy")
        text("name", grant)
        text("uid", event.decision?.string("policy"))
        close()
    }

    /// Whether the profile security_control says what the gateway did about it.
    var hasSecurityControl: Bool { event.kind == "command" || event.isRefusal }

    private mutating func encodeObservables() {
        guard let by = event.provenance?.string("triggered_by") else { return }
        json.member("observables")
        json.appendRaw("[{")
        json.member("name")
        json.append("unmapped.countersign.provenance.triggered_by")
        number("type_id", 4)
        text("value", by)
        json.appendRaw("}]")
    }

    private mutating func encodeMetadata() {
        open("metadata")
        json.member("version")
        json.append(OCSFClass.version)
        open("product")
        json.member("name")
        json.append("Countersign")
        json.member("vendor_name")
        json.append("Countersign")
        json.member("version")
        json.append(terms.version)
        close()
        json.member("uid")
        json.append(event.id)
        if let session = event.session {
            json.member("correlation_uid")
            json.append(session)
        }
        json.member("sequence")
        json.append(event.index)
        json.member("event_code")
        json.append(event.kind)
        text("log_name", terms.origin)
        if hasSecurityControl { json.appendRaw(",\"profiles\":[\"security_control\"]") }
        if let whole {
            json.appendRaw(",\"is_truncated\":true")
            number("untruncated_size", (whole + 1023) / 1024)
        }
        close()
    }

    // MARK: Members

    mutating func open(_ name: StaticString) {
        json.member(name)
        json.appendRaw("{")
    }

    mutating func close() {
        json.appendRaw("}")
    }

    mutating func number(_ name: StaticString, _ value: Int) {
        json.member(name)
        json.append(Int64(value))
    }

    /// Left out where there is none: an empty text says nothing in OCSF.
    mutating func text(_ name: StaticString, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        json.member(name)
        json.append(cut.text(value, name))
    }

    /// Rounded down, as the clock is.
    private func milliseconds(_ microseconds: Int64) -> Int {
        Int(microseconds >= 0 ? microseconds / 1000 : (microseconds - 999) / 1000)
    }
}
