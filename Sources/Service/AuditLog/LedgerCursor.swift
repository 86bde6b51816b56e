import Glibc
import TransparencyLog

/// Reads records in order, across segments, each checked against its hash. At the end it may be asked
/// again: a gateway may have appended.
package struct LedgerCursor {
    private let layout: LedgerLayout
    /// Where it reads: nil before the first segment was there.
    private var segment: SegmentCursor?
    /// In front of the oldest segment, where bundles hold the records.
    private var bundles: BundleCursor?
    private var start: LedgerPosition?
    private var lowest: UInt64
    private var lastLeaf = MerkleHash.emptyRoot
    /// Whether bytes that are no record stand at the end: the gateway that wrote them did not live to end it.
    package private(set) var isTorn = false

    /// How often, and how far apart, the end is looked at again before a half written record counts as torn.
    private static let looks = 3
    private static let pause: UInt32 = 2000

    init(layout: LedgerLayout, position: LedgerPosition?, skippingBelow lowest: UInt64) {
        self.layout = layout
        self.lowest = max(lowest, position?.index ?? 0)
        start = position
    }

    /// Where the next record begins; nil before anything was read of a ledger that may not be there yet.
    package var position: LedgerPosition? {
        if let bundles {
            return LedgerPosition(segment: bundles.index, offset: -1, index: bundles.index, leaf: lastLeaf)
        }
        guard let segment else { return start }
        return LedgerPosition(
            segment: segment.header.firstIndex,
            offset: segment.offset,
            index: segment.index,
            leaf: segment.leaf
        )
    }

    /// The next record; nil when there is none now. Throws `.damaged` where what stands is not what was written.
    package mutating func next() throws(LedgerError) -> LedgerEntry? {
        var looks = 0
        while true {
            guard try enter() else { return nil }
            if let entry = try nextBundled() { return entry }
            guard var current = segment else { return nil }
            let offset = current.offset
            let step = try current.next()
            segment = current
            switch step {
            case .record(let line):
                isTorn = false
                guard current.index > lowest else { continue }
                return LedgerEntry(
                    index: current.index - 1,
                    line: Array(line),
                    segment: current.header.firstIndex,
                    offset: offset,
                    leaf: current.leaf
                )
            case .sealed:
                guard try turn(from: current) else { return nil }
            case .end:
                segment?.forget()
                return nil
            case .bad(let what):
                segment?.forget()
                guard try isLast(current) else {
                    throw .damaged(current.name, at: offset, index: current.index, what)
                }
                looks += 1
                isTorn = looks > LedgerCursor.looks
                if isTorn { return nil }
                // A record that is being written at this moment is whole a moment later.
                usleep(LedgerCursor.pause)
            }
        }
    }

    /// Waits until another record may be there, for `limit` at most; looks every 50 ms.
    package mutating func wait(atMost limit: Duration) {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if let more = try? hasMore(), more { return }
            usleep(50_000)
        }
    }

    private mutating func hasMore() throws(LedgerError) -> Bool {
        guard try enter() else { return false }
        if bundles != nil { return true }
        guard var look = segment else { return false }
        look.forget()
        switch try look.next() {
        case .record: return true
        case .sealed: return access(layout.segment(LedgerLayout.segmentName(first: look.index)), F_OK) == 0
        case .end, .bad: return false
        }
    }

    /// Opens the segment to begin with, or the bundles in front of it. False while there is none.
    private mutating func enter() throws(LedgerError) -> Bool {
        guard segment == nil, bundles == nil else { return true }
        if let start, start.offset >= 0 {
            do throws(LedgerError) {
                var opened = try SegmentCursor(layout, first: start.segment)
                opened.move(to: start.offset, index: start.index, leaf: start.leaf)
                segment = opened
                return true
            } catch {
                guard error.code == .unreadable(ENOENT) else { throw error }
            }
        }
        return try locate(lowest)
    }

    /// Goes where the record of this index is, or, where it is yet to come, to the last segment.
    private mutating func locate(_ index: UInt64) throws(LedgerError) -> Bool {
        let segments = try layout.segmentIndices()
        guard let oldest = segments.first else { return false }
        lowest = max(lowest, index)
        if let first = segments.last(where: { $0 <= index }) {
            segment = try SegmentCursor(layout, first: first)
        } else {
            bundles = BundleCursor(tiles: LedgerTiles(layout: layout), index: index, end: oldest)
        }
        return true
    }

    /// The next record of a bundle; nil where the bundles end.
    private mutating func nextBundled() throws(LedgerError) -> LedgerEntry? {
        guard var current = bundles else { return nil }
        guard let (line, leaf) = try current.next() else {
            bundles = nil
            segment = try SegmentCursor(layout, first: current.index, after: lastLeaf)
            return nil
        }
        bundles = current
        lastLeaf = leaf
        let index = current.index - 1
        return LedgerEntry(index: index, line: Array(line), segment: index, offset: -1, leaf: leaf)
    }

    /// Goes on to the segment after a sealed one. False while there is none.
    private mutating func turn(from sealed: SegmentCursor) throws(LedgerError) -> Bool {
        let next: SegmentCursor
        do throws(LedgerError) {
            next = try SegmentCursor(layout, first: sealed.index, after: sealed.leaf)
        } catch {
            guard error.code == .unreadable(ENOENT) else { throw error }
            segment?.forget()
            guard try !isLast(sealed) else { return false }
            // It was deleted meanwhile: bundles hold it.
            segment = nil
            lastLeaf = sealed.leaf
            return try locate(sealed.index)
        }
        guard next.header.origin == sealed.header.origin else {
            throw .damaged(next.name, at: 32, index: sealed.index, "the segment is one of another ledger")
        }
        segment = next
        return true
    }

    private func isLast(_ current: SegmentCursor) throws(LedgerError) -> Bool {
        try layout.segmentIndices().last == current.header.firstIndex
    }
}
