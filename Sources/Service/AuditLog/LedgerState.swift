/// What the ledger takes at this moment.
package enum LedgerState: String, Hashable, Sendable {
    /// Everything.
    case accepting
    /// Outcomes and the gateway's own records, but no new command and no new session.
    case full
    /// Nothing, until a restart: a write or a sync failed.
    case failed
    /// Nothing: it was closed.
    case closed
}
