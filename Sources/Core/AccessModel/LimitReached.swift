/// The bound of a grant that ended a command; the raw value is its name in the configuration and in records.
package enum LimitReached: String, Hashable, Sendable, CaseIterable {
    case rowsReturned = "rows_returned"
    case rowsChanged = "rows_changed"
    case statementTime = "statement_time"
    /// A row was longer than what detectors look through, and one of them had to redact.
    case detect
}
