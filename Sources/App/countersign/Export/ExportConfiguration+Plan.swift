internal import AccessModel
internal import AuditExport
internal import PolicyEngine

extension ExportConfiguration {
    var replay: Duration {
        if case .syslog(let syslog) = destination { syslog.replay } else { .zero }
    }

    /// `syslog collector:6514`
    var address: String {
        switch destination {
        case .syslog(let syslog): "syslog \(syslog.address)"
        case .file(let file): "file \(file.path)"
        case .https(let https): "https \(https.url)"
        }
    }

    /// Nil where the event is not for this destination.
    func encode(_ event: AuditEvent, _ encoder: EventEncoder) -> [UInt8]? {
        if let kinds, !kinds.contains(event.kind) { return nil }
        if let decisions, let decided = event.decided, !decisions.contains(where: { $0.rawValue == decided }) {
            return nil
        }
        if let targets, let target = event.targetName, !targets.contains(target) { return nil }
        if case .syslog = destination { return encoder.encodeForSyslog(event) }
        return encoder.encode(event)
    }
}
