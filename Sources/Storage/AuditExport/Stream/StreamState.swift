package import AuditLog

/// How far a stream has come: where it reads on, and what it saw that is not over. It holds places, no records, so it is
/// small and tells nothing.
package struct StreamState: Hashable, Sendable {
    struct LiveSession: Hashable, Sendable {
        /// Nil where its beginning was not seen.
        var opened: RecordPlace?
        /// Commands without an outcome yet, by index.
        var running: [UInt64: RecordPlace] = [:]
    }

    /// What is to be told before the next record is read.
    struct Waiting: Hashable, Sendable {
        var record: RecordPlace
        var session: RecordPlace?
    }

    /// Nil before the first record.
    package internal(set) var position: LedgerPosition?
    /// Events of records below this index are not told: they were there before the destination was.
    package internal(set) var quietBelow: UInt64
    var sessions: [String: LiveSession] = [:]
    var waiting: [Waiting] = []

    /// Begins with the first record; tells what stands at `quietBelow` and behind it.
    package init(quietBelow: UInt64 = 0) {
        self.quietBelow = quietBelow
    }

    /// The index of the record that is read next.
    package var next: UInt64 { position?.index ?? 0 }

    /// How many places it holds.
    package var weight: Int { sessions.count + waiting.count + sessions.values.reduce(0) { $0 + $1.running.count } }
}
