internal import AuditLog

/// Writes events in a format: a pure function of the event and the terms.
package struct EventEncoder: Sendable {
    package let format: ExportFormat
    package let terms: ExportTerms

    package init(_ format: ExportFormat, _ terms: ExportTerms) {
        self.format = format
        self.terms = terms
    }

    /// One event without a final newline, and without one inside. At most `terms.limit` bytes, where there is a limit and
    /// the format is not jsonl, whose records are told whole or not at all.
    package func encode(_ event: AuditEvent) -> [UInt8] {
        let whole = encode(event, .none, whole: nil)
        guard let limit = terms.limit, whole.count > limit, format != .jsonl else { return whole }
        var cut = whole
        for step in TextCut.Limits.steps {
            cut = encode(event, step, whole: whole.count)
            if cut.count <= limit { return cut }
        }
        return cut
    }

    /// The first line of a file, where the format has one.
    package var heading: [UInt8]? {
        format == .csv ? Array(CSVEncoder.heading.utf8) : nil
    }

    /// The event as the MSG of a frame of RFC 5425: what is not RFC 5424 itself gets its header.
    package func encodeForSyslog(_ event: AuditEvent) -> [UInt8] {
        guard format != .syslog else { return encode(event) }
        var inner = self.terms
        let header = SyslogEncoder.header(of: event, terms: terms)
        if let limit = inner.limit { inner.limit = limit - header.count }
        return header + EventEncoder(format, unclamped: inner).encode(event)
    }

    private init(_ format: ExportFormat, unclamped terms: ExportTerms) {
        self.format = format
        self.terms = terms
    }

    private func encode(_ event: AuditEvent, _ limits: TextCut.Limits, whole: Int?) -> [UInt8] {
        let cut = TextCut(limits)
        switch format {
        case .jsonl: return event.line
        case .ocsf:
            var encoder = OCSFEncoder(event, terms, cut, whole: whole)
            return encoder.encode()
        case .cef:
            var encoder = CEFEncoder(event, terms, cut)
            return Array(encoder.encode().utf8)
        case .csv: return Array(CSVEncoder(event, terms).encode().utf8)
        case .syslog:
            var encoder = SyslogEncoder(event, terms, cut)
            return encoder.encode()
        }
    }
}
