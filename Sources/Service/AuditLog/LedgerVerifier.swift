import Glibc

/// Recomputes a whole ledger: every link, index, time, seal, header, blob and the head. It takes no lock and may run
/// beside the gateway that writes; what that appends meanwhile is checked as far as it goes.
///
/// It proves that nothing below the head is missing, torn, reordered or edited since it was written, to whom the head
/// is true: who can write the whole directory can make another ledger. docs/reference/ledger-format.md says so.
package struct LedgerVerifier: Sendable {
    /// No more findings than these are told.
    package static let findings = 100

    package struct Progress: Hashable, Sendable {
        package var segment: String
        package var records: UInt64
    }

    /// Microseconds between two looks at an end that is being written.
    var pause: UInt32 = 3000

    private let layout: LedgerLayout
    private var summary = Verification.Summary()
    private var found: [Verification.Finding] = []
    private var check: RecordCheck
    private var head: LedgerHead?
    private var headLink: Link?
    /// Where the segment before ended; nil after a fault, when the next one can only be checked for itself.
    private var end: (index: UInt64, link: Link)?

    package init(directory: String) {
        layout = LedgerLayout(directory: directory)
        check = RecordCheck(blobs: BlobStore(layout: layout, files: .system))
    }

    /// Verifies. Throws `.unreadable` only; `progress` is called after each segment and every 10,000 records.
    package func run(progress: (Progress) -> Void = { _ in }) throws(LedgerError) -> Verification {
        var run = self
        return try run.verify(progress)
    }

    private mutating func verify(_ progress: (Progress) -> Void) throws(LedgerError) -> Verification {
        // The head comes first: what a gateway appends meanwhile can only be more.
        try catchingDamage { run throws(LedgerError) in run.head = try LedgerHead.read(run.layout) }
        var done: UInt64?
        while found.count < LedgerVerifier.findings {
            let segments = try layout.segmentIndices()
            guard let next = segments.first(where: { first in done.map { first > $0 } ?? true }) else { break }
            if done == nil, next != 0 { find("segments", 0, 0, "the segments before record \(next) are missing") }
            try catchingDamage { run throws(LedgerError) in
                try run.verify(segment: next, isLast: next == segments.last, progress)
            }
            done = next
        }
        checkHead()
        guard found.isEmpty else { return .broken(found) }
        summary.blobs = check.blobCount
        return .intact(summary)
    }

    private mutating func find(_ file: String, _ offset: Int64, _ index: UInt64?, _ what: String) {
        guard found.count < LedgerVerifier.findings else { return }
        found.append(Verification.Finding(file: file, offset: offset, index: index, what: what))
    }

    private mutating func catchingDamage(
        _ body: (inout LedgerVerifier) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        do throws(LedgerError) {
            try body(&self)
        } catch {
            guard case .damaged(let damage) = error.code else { throw error }
            breakOff()
            find(damage.file, damage.offset, damage.index, damage.what)
        }
    }

    /// The chain is broken here: what follows is checked for itself.
    private mutating func breakOff() {
        end = nil
        check.hasGap = true
    }

    // MARK: - Segments

    private mutating func verify(
        segment first: UInt64,
        isLast: Bool,
        _ progress: (Progress) -> Void
    ) throws(LedgerError) {
        var cursor = try SegmentCursor(layout, first: first)
        let size = try cursor.file.size(name: cursor.name)
        summary.segments += 1
        summary.bytes += size
        if UInt64(size) != cursor.header.fileBytes {
            find(cursor.name, size, nil, "the file has \(size) bytes and was made with \(cursor.header.fileBytes)")
        }
        if let end, end.index != first || end.link != cursor.header.previous {
            find(cursor.name, 24, end.index, "the segment does not follow from the one before")
        }
        end = nil
        note(cursor)
        var patience = Patience()
        while found.count < LedgerVerifier.findings {
            let offset = cursor.offset
            switch try cursor.next() {
            case .record(let line):
                patience = Patience()
                try verify(line, of: cursor, at: offset)
                if cursor.index.isMultiple(of: 10_000) {
                    progress(Progress(segment: cursor.name, records: cursor.index))
                }
                continue
            case .sealed:
                try requireZeros(cursor, after: offset + Int64(SegmentSeal.bytes))
                end = (cursor.index, cursor.link)
            case .end:
                guard try endsHere(&cursor, isLast, &patience) else { continue }
            case .bad(let what):
                cursor.forget()
                if isLast, patience.isLeft(pause: pause) { continue }
                breakOff()
                find(cursor.name, offset, cursor.index, what)
            }
            break
        }
        progress(Progress(segment: cursor.name, records: cursor.index))
    }

    /// Whether a segment without a seal ends here: only the last may, and zeros must follow. A gateway may be writing
    /// at this moment: what it wrote meanwhile is read.
    private mutating func endsHere(
        _ cursor: inout SegmentCursor,
        _ isLast: Bool,
        _ patience: inout Patience
    ) throws(LedgerError) -> Bool {
        guard isLast else {
            breakOff()
            find(cursor.name, cursor.offset, cursor.index, "the segment ends without a seal")
            return true
        }
        let tail = SegmentTail(file: cursor.file, name: cursor.name, start: cursor.offset)
        guard let remains = try tail.remains() else {
            end = (cursor.index, cursor.link)
            return true
        }
        cursor.forget()
        if patience.isLeft(pause: pause) { return false }
        breakOff()
        find(cursor.name, remains.lowerBound, cursor.index, "bytes that are no record stand after the last one")
        return true
    }

    private mutating func requireZeros(_ cursor: SegmentCursor, after offset: Int64) throws(LedgerError) {
        let tail = SegmentTail(file: cursor.file, name: cursor.name, start: offset)
        if let remains = try tail.remains() {
            find(cursor.name, remains.lowerBound, cursor.index, "bytes stand after the seal")
        }
    }

    /// How often a tail that is being written is looked at again.
    private struct Patience {
        private var looks = 0

        mutating func isLeft(pause: UInt32) -> Bool {
            looks += 1
            guard looks <= 5 else { return false }
            usleep(pause)
            return true
        }
    }

    // MARK: - Records and the head

    private mutating func verify(_ line: [UInt8], of cursor: SegmentCursor, at offset: Int64) throws(LedgerError) {
        note(cursor)
        if let fault = try check.fault(in: line, index: cursor.index - 1) {
            find(cursor.name, offset, cursor.index - 1, fault)
        }
    }

    private mutating func note(_ cursor: SegmentCursor) {
        summary.records = cursor.index
        summary.link = cursor.link
        if cursor.index == head?.size { headLink = cursor.link }
    }

    private mutating func checkHead() {
        guard let head else {
            if summary.records > 0, found.isEmpty { find("head", 0, nil, "the head is missing") }
            return
        }
        if summary.records < head.size {
            find("head", 0, summary.records, "the ledger had \(head.size) records and ends after \(summary.records)")
        } else if headLink != head.link, found.isEmpty {
            find("head", 0, head.size, "the link below the head is another")
        }
    }
}
