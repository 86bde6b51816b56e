/// The bounds of a ledger. The defaults are for production.
package struct LedgerOptions: Sendable {
    /// Bytes of one segment's file, allocated before its first record. At least `smallestSegment`.
    package var segmentBytes: Int
    /// Whether a segment is written over with zeros before its first record: good where commands wait for the disk.
    package var fillsSegments: Bool
    /// While the next segment cannot be prepared, the last bytes of the current one are kept for outcomes.
    package var reserveBytes: Int
    /// Below this many free bytes on the ledger's file system new commands are refused; 0 asks nothing.
    package var lowestFreeBytes: UInt64
    /// How long an outcome may wait in memory for the next write.
    package var outcomeDelay: Duration
    /// The longest time that appended records wait for a sync and for the head that counts them.
    package var headInterval: Duration
    /// How often room on the disk is looked for and asked after.
    package var roomInterval: Duration
    /// A checkpoint is published when there is something new and this has passed since the last one, or so many records
    /// have come, or a session has ended.
    package var checkpointInterval: Duration
    package var checkpointEntries: Int
    /// After such a silence a record says that the gateway lives; nil for none.
    package var heartbeat: Duration?
    /// How often the ledger's end is looked at for a checkpoint; and how many times as long as a round takes the next waits.
    var checkpointLook = Duration.milliseconds(200)
    var checkpointRest = 8
    /// The file operations that can fail, for tests to let them fail.
    var files: FileOperations

    /// One record of the largest size, its frame, the header and the seal always fit.
    package static let smallestSegment = 72 * 1024

    package init(
        segmentBytes: Int = 64 << 20,
        fillsSegments: Bool = true,
        reserveBytes: Int? = nil,
        lowestFreeBytes: UInt64 = 256 << 20,
        outcomeDelay: Duration = .milliseconds(10),
        headInterval: Duration = .seconds(1),
        roomInterval: Duration = .seconds(1),
        checkpointInterval: Duration = .seconds(5),
        checkpointEntries: Int = 10_000,
        heartbeat: Duration? = nil
    ) {
        self.segmentBytes = max(segmentBytes, LedgerOptions.smallestSegment)
        self.fillsSegments = fillsSegments
        self.reserveBytes = reserveBytes ?? self.segmentBytes / 4
        self.lowestFreeBytes = lowestFreeBytes
        self.outcomeDelay = outcomeDelay
        self.headInterval = headInterval
        self.roomInterval = roomInterval
        self.checkpointInterval = checkpointInterval
        self.checkpointEntries = checkpointEntries
        self.heartbeat = heartbeat
        files = .system
    }
}
