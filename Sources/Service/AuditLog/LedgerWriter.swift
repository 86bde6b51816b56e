import AccessModel
import TransparencyLog

/// The end of the ledger: sequences records and writes them. Owned by the ledger's one mutex.
///
/// Invariant: what stands before `offset` in the segment is every record below `nextIndex` that is not in `pending`,
/// in order; `leaf` is the hash of record `nextIndex - 1`.
struct LedgerWriter {
    private(set) var segment: OpenFile
    private var header: SegmentHeader
    private var offset: Int64
    /// Frames that are sequenced and not written: outcomes, for a few milliseconds.
    private var pending: [UInt8] = []
    /// Bytes from `offset` on that a write which failed half way may have left.
    private var litter = 0
    private(set) var nextIndex: UInt64
    private(set) var leaf: MerkleHash
    private(set) var lastTime: Timestamp
    private(set) var failure: LedgerError?
    private(set) var isClosed = false
    private(set) var counters = LedgerCounters()
    /// Segments that were sealed since the last sync, and whether the directory has a new name in it.
    private var retired: [OpenFile] = []

    /// Hashes of records that are not in the tree yet.
    private var leaves = LeafQueue()
    private var salts = SaltSource()
    private var numbers = SessionNumbers()
    private var line = RecordLine()
    private let boot: String
    private let identifiers = RecordIdentifiers()
    private let layout: LedgerLayout
    private let options: LedgerOptions
    private let workshop: SegmentWorkshop

    /// Frames kept in memory at most: beyond, they are written; where they cannot be, four times that is the end.
    private static let pendingBytes = 64 * 1024

    init(at end: LedgerRecovery.End, layout: LedgerLayout, options: LedgerOptions, workshop: SegmentWorkshop) {
        segment = end.file
        header = end.header
        offset = end.offset
        nextIndex = end.index
        leaf = end.leaf
        lastTime = end.time
        leaves = LeafQueue(first: end.index)
        boot = options.files.boot() ?? ""
        self.layout = layout
        self.options = options
        self.workshop = workshop
        pending.reserveCapacity(2 * LedgerWriter.pendingBytes)
    }

    var hasPending: Bool { !pending.isEmpty }

    /// Bytes that records may still take in this segment.
    private var room: Int {
        Int(clamping: header.fileBytes) - Int(offset) - pending.count - SegmentSeal.bytes
    }

    /// Whether only the reserve is left, as far as is known.
    var isInReserve: Bool { room < options.reserveBytes && !workshop.isReady && workshop.isFailing }

    /// Whether new work may begin: the reserve is touched only when there is a segment behind it.
    func hasRoomForNewWork() -> Bool { room >= options.reserveBytes || workshop.ensure() }

    mutating func refuse(with error: LedgerError) {
        if failure == nil { failure = error }
    }

    mutating func countRefusal() { counters.refused += 1 }

    /// Nothing new is taken; what was taken is still written.
    mutating func close() { isClosed = true }

    // MARK: - Records

    /// Sequences a record and, unless it may wait, writes it with all that waited before it.
    /// Throws without a trace of the record; a write that failed for another reason than room ends the ledger.
    mutating func append(_ draft: RecordDraft, at moment: Timestamp, mayWait: Bool) throws(LedgerError)
        -> RecordReference
    {
        if let failure { throw failure }
        guard !isClosed else { throw LedgerError(.closed) }
        let time = max(lastTime, moment)
        let reference = RecordReference(id: identifiers.identifier(index: nextIndex, at: time), index: nextIndex)
        let salt = try salts.next()
        let number = numbers.count(draft)
        var isTaken = false
        defer { if !isTaken { numbers.uncount(draft, number) } }
        line.write(draft, as: reference, at: time, number: number, salt: salt)
        let length = line.count
        guard length <= RecordLimits.record else { throw LedgerError(.tooLong(length)) }
        if room < SegmentCursor.frameBytes + length { try turn() }
        let before = (pending: pending.count, leaf: leaf, time: lastTime)
        frame(time)
        isTaken = true
        guard !mayWait || pending.count >= LedgerWriter.pendingBytes else { return reference }
        do throws(LedgerError) {
            try flush()
        } catch {
            // An outcome keeps its place in memory while there is hope to write it.
            if mayWait, error.code == .full, pending.count < 4 * LedgerWriter.pendingBytes { return reference }
            pending.removeLast(pending.count - before.pending)
            (nextIndex, leaf, lastTime) = (nextIndex - 1, before.leaf, before.time)
            leaves.removeLast()
            isTaken = false
            counters.records -= 1
            throw error
        }
        return reference
    }

    private mutating func frame(_ time: Timestamp) {
        leaf = line.leaf
        BigEndian.append(UInt32(line.count), to: &pending)
        leaves.append(leaf)
        leaf.withUnsafeBytes { pending.append(contentsOf: $0) }
        line.append(to: &pending)
        nextIndex += 1
        lastTime = time
        counters.records += 1
    }

    /// Writes what waits. Throws `.full` where there was no room, with everything still in memory.
    mutating func flush() throws(LedgerError) {
        if let failure { throw failure }
        guard !pending.isEmpty else { return }
        let frames = pending.count
        try write(frames)
    }

    /// Writes `pending`, of which the first `frames` bytes stay in memory if there is no room.
    private mutating func write(_ frames: Int) throws(LedgerError) {
        // What an earlier write left beyond its end must not look like the start of a record.
        if litter > pending.count { pending.append(contentsOf: repeatElement(0, count: litter - pending.count)) }
        let (written, errno) = pending.withUnsafeBytes {
            segment.write($0, at: offset, with: options.files)
        }
        counters.writes += 1
        guard errno == 0 else {
            litter = max(litter, written)
            pending.removeLast(pending.count - frames)
            guard WantOfRoom.isCause(of: errno) else {
                let error = LedgerError(.failed(errno), file: LedgerLayout.segmentName(first: header.firstIndex))
                failure = error
                throw error
            }
            throw LedgerError(.full)
        }
        // From here the records survive the end of this process: the kernel has them.
        litter = 0
        offset += Int64(frames)
        counters.bytes += UInt64(frames)
        pending.removeAll(keepingCapacity: true)
    }

    // MARK: - Segments

    /// Seals this segment and goes on in the next. Throws `.full` when there is no next one; then nothing has changed.
    private mutating func turn() throws(LedgerError) {
        let next = try workshop.take()
        let frames = pending.count
        pending.append(contentsOf: SegmentSeal(count: nextIndex - header.firstIndex).encoded)
        do throws(LedgerError) {
            try write(frames)
        } catch {
            workshop.putBack(next)
            throw error
        }
        // The old segment is complete. A crash from here on leaves it sealed without a next one, and recovery makes it.
        let following = SegmentHeader(
            fileBytes: UInt64(options.segmentBytes),
            firstIndex: nextIndex,
            origin: header.origin
        )
        do throws(LedgerError) {
            try next.open(as: following, in: layout, with: options.files)
        } catch {
            failure = error
            throw error
        }
        retired.append(segment)
        segment = next.file
        header = following
        offset = Int64(SegmentHeader.bytes)
    }

    /// Hands over the hashes of the newest records, and the index of the first of them.
    mutating func takeLeaves() -> (first: UInt64, hashes: [MerkleHash]) { leaves.take() }

    // MARK: - Durability

    /// What a sync must reach so that every record below `head.size` is on disk.
    struct Batch {
        var sealed: [OpenFile]
        var active: OpenFile
        var head: LedgerHead
    }

    mutating func batch() throws(LedgerError) -> Batch {
        try flush()
        defer { retired = [] }
        return Batch(
            sealed: retired,
            active: segment,
            head: LedgerHead(size: nextIndex, leaf: leaf, time: lastTime, boot: boot)
        )
    }
}
