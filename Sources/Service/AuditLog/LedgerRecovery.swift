import AccessModel
import Glibc
import TransparencyLog

/// Finds the end of a ledger: the same for a first start, a normal start and a start after a crash.
///
/// Only what a crash can have left unfinished is cut, kept aside and reported: the last record, and after the end of
/// the machine what came after the head. What is not as it was written below the head, or before other records, is
/// damage: it throws.
struct LedgerRecovery {
    /// Where the next record goes.
    struct End {
        var file: OpenFile
        var header: SegmentHeader
        var offset: Int64
        var index: UInt64
        var leaf: MerkleHash
        var time: Timestamp
    }

    let layout: LedgerLayout
    /// SHA-256 of the log's name.
    let origin: MerkleHash
    let options: LedgerOptions
    let workshop: SegmentWorkshop
    private var head: LedgerHead?
    private var headLeaf: MerkleHash?
    private var lastRecord: [UInt8] = []
    /// What is wrong with the bytes at the end, if any stand there.
    private var fault = ""
    private var torn: RecoveryReport.Torn?

    init(layout: LedgerLayout, origin: String, options: LedgerOptions, workshop: SegmentWorkshop) {
        self.layout = layout
        self.origin = SegmentHeader.digest(of: origin)
        self.options = options
        self.workshop = workshop
    }

    mutating func run() throws(LedgerError) -> (end: End, report: RecoveryReport) {
        head = try LedgerHead.read(layout)
        let segments = try layout.segmentIndices()
        guard let first = segments.first else {
            guard head == nil else { throw .damaged("segments", at: 0, index: 0, "there is a head but no segment") }
            let header = SegmentHeader(fileBytes: size, firstIndex: 0, origin: origin)
            return try begin(header, after: .emptyRoot, time: nil, segments: 1)
        }
        // Everything from the segment that the head reaches into: what is behind the head may be unfinished.
        let size = head?.size ?? 0
        let scanned = segments.drop { $0 < segments.last { $0 < size } ?? first }
        var cursor = try SegmentCursor(layout, first: scanned.first ?? first, writable: true)
        var rest = scanned.dropFirst()
        guard cursor.header.origin == origin else {
            throw .damaged(cursor.name, at: 32, index: cursor.index, "the ledger is one of another origin")
        }
        var isSealed = try scan(&cursor)
        while isSealed, let next = rest.first, let following = try follow(cursor, with: next) {
            cursor = following
            rest = rest.dropFirst()
            isSealed = try scan(&cursor)
        }
        try checkHead(reached: cursor.index)
        try setAside(rest, behind: cursor)
        let count = segments.count - rest.count
        guard !isSealed else { return try resume(after: cursor, segments: count) }
        try cut(cursor)
        return try resume(in: cursor, segments: count)
    }

    private var size: UInt64 { UInt64(options.segmentBytes) }

    /// Whether bytes from this record on may be missing though later ones are there. When a process dies, the kernel
    /// has all that it wrote, in order; when the machine does, what was not synced may be on disk in any part. What
    /// the head counts was synced.
    private func mayHaveHoles(from index: UInt64) -> Bool {
        guard let head, let boot = options.files.boot(), !head.boot.isEmpty else { return false }
        return boot != head.boot && index >= head.size
    }

    /// Opens the next segment, which must go on where the one before was sealed; nil where it was lost in part.
    private func follow(_ before: SegmentCursor, with first: UInt64) throws(LedgerError) -> SegmentCursor? {
        do throws(LedgerError) {
            let next = try SegmentCursor(layout, first: first, after: before.leaf, writable: true)
            guard next.index == before.index, next.header.origin == origin else {
                throw .damaged(
                    next.name,
                    at: 24,
                    index: before.index,
                    "the segment does not follow from the one before"
                )
            }
            return next
        } catch {
            if case .damaged = error.code, mayHaveHoles(from: before.index) { return nil }
            throw error
        }
    }

    /// Reads a segment as far as it goes. Returns whether it is sealed.
    private mutating func scan(_ cursor: inout SegmentCursor) throws(LedgerError) -> Bool {
        note(cursor)
        while true {
            switch try cursor.next() {
            case .record(let record):
                lastRecord = Array(record.prefix(128))
                note(cursor)
            case .sealed:
                try requireZeros(after: cursor)
                return true
            case .end:
                fault = "bytes that are no record stand after the last one"
                return false
            case .bad(let what):
                fault = what
                return false
            }
        }
    }

    private mutating func note(_ cursor: SegmentCursor) {
        if cursor.index == head?.size { headLeaf = cursor.leaf }
    }

    private func requireZeros(after cursor: SegmentCursor) throws(LedgerError) {
        let start = cursor.offset + Int64(SegmentSeal.bytes)
        let tail = SegmentTail(file: cursor.file, name: cursor.name, start: start)
        if let remains = try tail.remains() {
            throw .damaged(cursor.name, at: remains.lowerBound, index: cursor.index, "bytes stand after the seal")
        }
    }

    private func checkHead(reached index: UInt64) throws(LedgerError) {
        guard let head else {
            // The first head is written before the first record.
            guard index == 0 else { throw .damaged("head", at: 0, index: index, "the head is missing") }
            return
        }
        guard index >= head.size else {
            throw .damaged("head", at: 0, index: index, "the ledger had \(head.size) records and has \(index)")
        }
        guard headLeaf == head.leaf else {
            throw .damaged("head", at: 0, index: head.size, "the last record below the head is another")
        }
    }

    // MARK: - The torn end

    /// Takes segments behind the end of what is whole out of the ledger: only where the machine's end explains them.
    private mutating func setAside(_ segments: ArraySlice<UInt64>, behind cursor: SegmentCursor) throws(LedgerError) {
        guard !segments.isEmpty else { return }
        guard mayHaveHoles(from: cursor.index) else {
            throw .damaged(cursor.name, at: cursor.offset, index: cursor.index, "the segment ends without a seal")
        }
        for first in segments {
            let name = LedgerLayout.segmentName(first: first)
            let kept = unused(name.dropLast(8) + "-0")
            let renamed = options.files.rename(layout.segment(name), layout.torn + "/" + kept)
            guard renamed == 0 else { throw LedgerError(.failed(-renamed), file: name) }
            torn = RecoveryReport.Torn(segment: name, offset: 0, bytes: 0, kept: kept)
        }
        for folder in [layout.torn, layout.segments] {
            let failure = DurableFile.syncDirectory(folder, with: options.files)
            guard failure == 0 else { throw LedgerError(.failed(failure)) }
        }
    }

    /// Takes the bytes of an unfinished record out of the segment's end, if there are any.
    private mutating func cut(_ cursor: SegmentCursor) throws(LedgerError) {
        let tail = SegmentTail(file: cursor.file, name: cursor.name, start: cursor.offset)
        guard let remains = try tail.remains() else { return try restoreSize(cursor) }
        if !mayHaveHoles(from: cursor.index),
            try tail.isFollowedByRecords(until: remains.upperBound, after: cursor.index)
        {
            throw .damaged(cursor.name, at: cursor.offset, index: cursor.index, fault)
        }
        let bytes = try cursor.file.bytes(
            at: cursor.offset,
            limit: Int(remains.upperBound - cursor.offset),
            name: cursor.name
        )
        let kept = try keep(bytes, of: cursor)
        // The bytes are safe aside: only now are they taken out. A crash between the two keeps them twice.
        try zero(bytes.count, in: cursor)
        torn = RecoveryReport.Torn(segment: cursor.name, offset: cursor.offset, bytes: bytes.count, kept: kept)
        try restoreSize(cursor)
    }

    /// A name in `torn/` that nothing has yet.
    private func unused(_ stem: some StringProtocol) -> String {
        var name = stem + ".torn"
        var number = 1
        while access(layout.torn + "/" + name, F_OK) == 0 {
            number += 1
            name = "\(stem)-\(number).torn"
        }
        return name
    }

    private func keep(_ bytes: [UInt8], of cursor: SegmentCursor) throws(LedgerError) -> String {
        let name = unused("\(cursor.name.dropLast(8))-\(cursor.offset)")
        var failure = DurableFile.write(bytes, to: layout.torn + "/" + name, with: options.files)
        if failure == 0 { failure = DurableFile.syncDirectory(layout.torn, with: options.files) }
        guard failure == 0 else { throw LedgerError(.failed(failure), file: "torn/" + name) }
        return name
    }

    private func zero(_ count: Int, in cursor: SegmentCursor) throws(LedgerError) {
        let zeros = [UInt8](repeating: 0, count: count)
        var failure = cursor.file.write(zeros, at: cursor.offset, with: options.files)
        if failure == 0 { failure = cursor.file.syncData(with: options.files) }
        guard failure == 0 else { throw LedgerError(.failed(failure), file: cursor.name) }
    }

    /// A copy or a restore may have cut the zeros off the end.
    private func restoreSize(_ cursor: SegmentCursor) throws(LedgerError) {
        let size = Int64(clamping: cursor.header.fileBytes)
        guard try cursor.file.size(name: cursor.name) < size else { return }
        let failure = cursor.file.allocate(size, with: options.files)
        guard failure == 0 else { throw LedgerError(.failed(failure), file: cursor.name) }
    }

    // MARK: - The place of the next record

    private func resume(in cursor: SegmentCursor, segments: Int) throws(LedgerError) -> (End, RecoveryReport) {
        let end = End(
            file: cursor.file,
            header: cursor.header,
            offset: cursor.offset,
            index: cursor.index,
            leaf: cursor.leaf,
            time: lastTime(default: cursor)
        )
        return (end, RecoveryReport(records: cursor.index, segments: segments, torn: torn))
    }

    /// After a seal that no segment follows: a crash came between the two.
    private func resume(after cursor: SegmentCursor, segments: Int) throws(LedgerError) -> (End, RecoveryReport) {
        let header = SegmentHeader(fileBytes: size, firstIndex: cursor.index, origin: origin)
        return try begin(header, after: cursor.leaf, time: lastTime(default: cursor), segments: segments + 1)
    }

    private func begin(
        _ header: SegmentHeader,
        after leaf: MerkleHash,
        time: Timestamp?,
        segments: Int
    ) throws(LedgerError) -> (End, RecoveryReport) {
        let segment = try workshop.take()
        try segment.open(as: header, in: layout, with: options.files)
        let end = End(
            file: segment.file,
            header: header,
            offset: Int64(SegmentHeader.bytes),
            index: header.firstIndex,
            leaf: leaf,
            time: time ?? Timestamp(microseconds: 0)
        )
        return (end, RecoveryReport(records: header.firstIndex, segments: segments, torn: torn))
    }

    /// The time of the last record; the head's, where the scan met none.
    private func lastTime(default cursor: SegmentCursor) -> Timestamp {
        RecordOpening(lastRecord)?.time ?? head?.time ?? Timestamp(microseconds: 0)
    }
}
