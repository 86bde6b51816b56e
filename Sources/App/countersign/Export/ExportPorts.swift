internal import AccessModel
internal import AuditExport
internal import AuditLog
internal import PolicyEngine

/// What destinations need of the gateway.
struct ExportPorts: Sendable {
    /// Where cursors are kept.
    var folder: String
    var reader: LedgerReader
    /// How many records are known to be on disk: no event is sent of one that the machine's death could take back.
    var durable: @Sendable () -> UInt64
    var now: @Sendable () -> Timestamp

    /// Where a destination begins that has no cursor yet.
    func beginning(_ from: ExportConfiguration.Beginning) -> StreamState {
        switch from {
        case .beginning: StreamState()
        case .now: StreamState(quietBelow: durable())
        }
    }
}
