internal import AuditExport
internal import PolicyEngine

/// A destination with its files and secrets read: of the export, or of notifications.
struct DestinationPlan: Sendable {
    var name: String
    /// `ocsf`, `slack`, `mail`: for operators.
    var format: String
    /// `syslog collector:6514`; never a secret.
    var address: String
    /// How much is repeated on a new connection; zero where the destination acknowledges.
    var replay: Duration = .zero
    /// Of one batch, which is repeated as a whole where a part of it failed.
    var mostEvents = 500
    var from: ExportConfiguration.Beginning
    /// Of everything that the destination is made of: where it stays the same, the destination goes on undisturbed.
    var fingerprint: String
    /// Nil where the event is not for this destination.
    var encode: @Sendable (AuditEvent) -> [UInt8]?
    var makeSink: @Sendable () -> any ExportSink
}
