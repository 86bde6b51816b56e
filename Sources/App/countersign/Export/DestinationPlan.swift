internal import AccessModel
internal import AuditExport
internal import PolicyEngine

/// A destination with its files and secrets read.
struct DestinationPlan: Sendable {
    var configuration: ExportConfiguration
    var encoder: EventEncoder
    /// Of everything that the destination is made of: where it stays the same, the destination goes on undisturbed.
    var fingerprint: String
    var makeSink: @Sendable () -> any ExportSink

    /// How much is repeated on a new connection; zero where the destination acknowledges.
    var replay: Duration {
        if case .syslog(let syslog) = configuration.destination { syslog.replay } else { .zero }
    }

    /// `syslog collector:6514`
    var address: String {
        switch configuration.destination {
        case .syslog(let syslog): "syslog \(syslog.address)"
        case .file(let file): "file \(file.path)"
        case .https(let https): "https \(https.url)"
        }
    }

    /// Nil where the event is not for this destination.
    func encode(_ event: AuditEvent) -> [UInt8]? {
        if let kinds = configuration.kinds, !kinds.contains(event.kind) { return nil }
        if let decisions = configuration.decisions, let decided = event.decided,
            !decisions.contains(where: { $0.rawValue == decided })
        {
            return nil
        }
        if let targets = configuration.targets, let target = event.targetName, !targets.contains(target) { return nil }
        if case .syslog = configuration.destination { return encoder.encodeForSyslog(event) }
        return encoder.encode(event)
    }
}
