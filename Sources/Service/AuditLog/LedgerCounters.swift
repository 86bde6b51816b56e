/// What the ledger has done since it was opened.
package struct LedgerCounters: Hashable, Sendable {
    /// Records appended, and their bytes with frames.
    package var records: UInt64 = 0
    package var bytes: UInt64 = 0
    /// Commands and sessions refused for want of room.
    package var refused: UInt64 = 0
    /// Calls of write, and of fdatasync (group commits).
    package var writes: UInt64 = 0
    package var syncs: UInt64 = 0
    /// Microseconds spent in group commits in all, in the last one, and in the longest one.
    package var syncMicroseconds: UInt64 = 0
    package var lastSyncMicroseconds: UInt64 = 0
    package var longestSyncMicroseconds: UInt64 = 0
    /// Records in the ledger, and how many of them are known to be on disk.
    package var size: UInt64 = 0
    package var durable: UInt64 = 0

    package init() {}
}
