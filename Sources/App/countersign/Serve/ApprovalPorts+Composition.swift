internal import AccessModel
internal import Approvals
internal import AuditLog
internal import Logging
internal import StateDatabase
internal import StatementAnalysis

extension ApprovalPorts {
    /// Approvals are recorded like everything else, and tell the log that somebody is waited for.
    init(
        ledger: Ledger,
        store: ChangeSetTable,
        url: String?,
        logger: Logger,
        changed: @escaping @Sendable () -> Void
    ) {
        self.init(
            now: SystemClock.now,
            newID: SessionIdentifier.make,
            random: { count in
                var random = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            },
            record: { draft in
                do throws(LedgerError) {
                    return try ledger.append(draft).index
                } catch {
                    logger.error("an approval could not be recorded", metadata: ["cause": "\(error)"])
                    return nil
                }
            },
            whenDurable: { index, done in
                ledger.whenDurable(index) { result in
                    if case .success = result { done(true) } else { done(false) }
                }
            },
            link: { id in url.map { "\($0)/approvals/\(id)" } },
            changed: { hold in
                changed()
                logger.notice(
                    "approval",
                    metadata: ["approval": "\(hold.id)", "state": "\(hold.state.name)", "role": "\(hold.subject.role)"]
                )
            },
            canonical: { CanonicalText.pieces(of: $0, count: $1) },
            store: store
        )
    }
}
