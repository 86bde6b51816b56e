import Glibc
import TransparencyLog

/// Recomputes a whole ledger: every hash, index, time, seal, header, blob, the head; the tree over the records, its tiles,
/// the signed checkpoint and the lock. It takes no lock and may run beside the gateway that writes; what that appends
/// meanwhile is checked as far as it goes.
///
/// What it proves, and against whom, docs/reference/ledger-format.md says.
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
    private let anchors: VerificationAnchors
    private var summary = Verification.Summary()
    private var found: [Verification.Finding] = []
    private var check: RecordCheck
    private var tree: TreeCheck
    private var head: LedgerHead?
    private var headLeaf: MerkleHash?
    /// Where the segment before ended; nil after a fault, when the next one can only be checked for itself.
    private var end: (index: UInt64, leaf: MerkleHash)?
    private var origin: MerkleHash?

    package init(directory: String, anchors: VerificationAnchors = VerificationAnchors()) {
        layout = LedgerLayout(directory: directory)
        self.anchors = anchors
        check = RecordCheck(blobs: BlobStore(layout: layout, files: .system), keys: KeyChain([]))
        tree = TreeCheck(tiles: LedgerTiles(layout: layout))
    }

    /// Verifies. Throws `.unreadable` only; `progress` is called after each segment and every 10,000 records.
    package func run(progress: (Progress) -> Void = { _ in }) throws(LedgerError) -> Verification {
        var run = self
        return try run.verify(progress)
    }

    private mutating func verify(_ progress: (Progress) -> Void) throws(LedgerError) -> Verification {
        // What counts the records comes first: what a gateway appends meanwhile can only be more.
        try catchingDamage { run throws(LedgerError) in run.head = try LedgerHead.read(run.layout) }
        try readSigned()
        tree.begin()
        var done: UInt64?
        while found.count < LedgerVerifier.findings {
            let segments = try layout.segmentIndices()
            guard let next = segments.first(where: { first in done.map { first > $0 } ?? true }) else { break }
            if done == nil, next != 0 {
                try catchingDamage { run throws(LedgerError) in try run.verify(bundlesTo: next) }
            }
            try catchingDamage { run throws(LedgerError) in
                try run.verify(segment: next, isLast: next == segments.last, progress)
            }
            done = next
        }
        checkHead()
        checkSigned()
        for (index, what) in check.unexplained { find("blobs", 0, index, what) }
        guard found.isEmpty else { return .broken(found) }
        (summary.blobs, summary.erased) = (check.blobCount, check.erasedCount)
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

    /// A record is missing here: what follows is checked for itself, and is in no tree.
    private mutating func breakOff() {
        end = nil
        check.hasGap = true
        tree.breakOff()
    }

    // MARK: - What was signed

    /// Reads keys, checkpoint, lock and earlier checkpoints: what the tree must come to.
    private mutating func readSigned() throws(LedgerError) {
        let keys: [NoteVerifierKey]
        do throws(LedgerError) {
            keys = try LedgerKeys.verifierKeys(directory: layout.directory)
        } catch {
            guard case .unsigned = error.code else { throw error }
            return find("keys", 0, nil, "the list of keys is not as it was written")
        }
        check = RecordCheck(blobs: BlobStore(layout: layout, files: .system), keys: KeyChain(keys))
        if let published = try LedgerTiles(layout: layout).checkpoint() {
            let difference = "the records make another tree than the one that was signed"
            if let signed = milestone("checkpoint", published, difference, isPublished: true) {
                (summary.signed, summary.root) = (signed.checkpoint.size, signed.checkpoint.root)
                summary.key = signed.key
            }
        } else {
            find("checkpoint", 0, nil, "the checkpoint is missing")
        }
        if let lock = anchors.lock {
            if let note = try SmallFile.read(lock, limit: SignedNote.longest) {
                _ = milestone(lock, note, "the records make another tree than the one that the lock holds")
            } else {
                find(lock, 0, nil, "the lock is missing")
            }
        }
        for earlier in anchors.earlier {
            _ = milestone(
                earlier.name,
                earlier.note,
                "the ledger does not extend the one that was seen then: its history was changed"
            )
        }
    }

    private mutating func milestone(
        _ name: String,
        _ note: [UInt8],
        _ difference: String,
        isPublished: Bool = false
    ) -> Milestone? {
        do throws(NoteError) {
            let signed = try SignedCheckpoint(note, logs: check.keys.listed)
            let milestone = Milestone(
                name: name,
                checkpoint: signed.checkpoint,
                key: signed.log,
                difference: difference
            )
            tree.add(milestone, isPublished: isPublished)
            return milestone
        } catch {
            find(name, 0, nil, "\(error)")
            return nil
        }
    }

    private mutating func checkSigned() {
        let lockSize = tree.milestones.first { $0.name == anchors.lock }?.checkpoint.size
        summary.lastSigned = lockSize
        if let lockSize, lockSize < summary.signed {
            find(
                anchors.lock ?? "",
                0,
                nil,
                "the lock is of \(lockSize) records and the checkpoint of \(summary.signed)"
            )
        }
        for milestone in tree.milestones {
            let size = milestone.checkpoint.size
            if !milestone.isReached, !tree.isBroken {
                find(
                    milestone.name,
                    0,
                    tree.size,
                    "\(size) records were signed, and the ledger ends after \(tree.size)"
                )
            }
            if let fault = check.keys.fault(of: milestone.key, signing: size) { find(milestone.name, 0, nil, fault) }
        }
        if let key = anchors.key, !check.keys.keys.contains(where: { $0.key == key }) {
            find("keys", 0, nil, "the ledger's keys do not follow from the key that was given")
        }
        if check.keys.keys.map(\.key) != check.keys.listed, !tree.isBroken {
            find("keys", 0, nil, "the ledger lists other keys than its records hand over to")
        }
        summary.earlier = anchors.earlier.count
    }

    // MARK: - Bundles

    /// Records whose segments were deleted: their bundles hold them.
    private mutating func verify(bundlesTo end: UInt64) throws(LedgerError) {
        var cursor = BundleCursor(tiles: LedgerTiles(layout: layout), index: 0, end: end)
        while let (line, leaf) = try cursor.next() {
            summary.records = cursor.index
            try verify(line, leaf: leaf, index: cursor.index - 1, in: "tile/entries", at: 0)
        }
    }

    // MARK: - Segments

    private mutating func verify(
        segment first: UInt64,
        isLast: Bool,
        _ progress: (Progress) -> Void
    ) throws(LedgerError) {
        var cursor = try SegmentCursor(layout, first: first, after: end?.leaf ?? .emptyRoot)
        let size = try cursor.file.size(name: cursor.name)
        summary.segments += 1
        summary.bytes += size
        if UInt64(size) != cursor.header.fileBytes {
            find(cursor.name, size, nil, "the file has \(size) bytes and was made with \(cursor.header.fileBytes)")
        }
        if let end, end.index != first {
            find(cursor.name, 24, end.index, "the segment does not follow from the one before")
            breakOff()
        }
        if let origin, origin != cursor.header.origin {
            find(cursor.name, 32, first, "the segment is one of another ledger")
        }
        origin = cursor.header.origin
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
                end = (cursor.index, cursor.leaf)
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
            end = (cursor.index, cursor.leaf)
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

    private mutating func verify(_ line: ArraySlice<UInt8>, of cursor: SegmentCursor, at offset: Int64)
        throws(LedgerError)
    {
        note(cursor)
        try verify(line, leaf: cursor.leaf, index: cursor.index - 1, in: cursor.name, at: offset)
    }

    private mutating func verify(
        _ line: ArraySlice<UInt8>,
        leaf: MerkleHash,
        index: UInt64,
        in file: String,
        at offset: Int64
    ) throws(LedgerError) {
        if let fault = try check.fault(in: Array(line), index: index) { find(file, offset, index, fault) }
        try tree.add(line, leaf: leaf)
        for fault in tree.takeFaults() { find(fault.file, fault.offset, fault.index, fault.what) }
    }

    private mutating func note(_ cursor: SegmentCursor) {
        summary.records = cursor.index
        if cursor.index == head?.size { headLeaf = cursor.leaf }
    }

    private mutating func checkHead() {
        guard let head else {
            if summary.records > 0, found.isEmpty { find("head", 0, nil, "the head is missing") }
            return
        }
        if summary.records < head.size {
            find("head", 0, summary.records, "the ledger had \(head.size) records and ends after \(summary.records)")
        } else if headLeaf != head.leaf, found.isEmpty {
            find("head", 0, head.size, "the last record below the head is another")
        }
    }
}
