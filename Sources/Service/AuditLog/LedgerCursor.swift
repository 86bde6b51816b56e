import Glibc

/// Reads records in order, across segments, each checked against the link before it. At the end it may be asked
/// again: a gateway may have appended.
package struct LedgerCursor {
    private let layout: LedgerLayout
    /// Nil before the first segment was there.
    private var segment: SegmentCursor?
    private var start: LedgerPosition?
    private let firstSegment: UInt64
    private let lowest: UInt64
    /// Whether bytes that are no record stand at the end: the gateway that wrote them did not live to end it.
    package private(set) var isTorn = false

    /// How often, and how far apart, the end is looked at again before a half written record counts as torn.
    private static let looks = 3
    private static let pause: UInt32 = 2000

    init(layout: LedgerLayout, position: LedgerPosition?, skippingBelow lowest: UInt64) {
        self.layout = layout
        self.lowest = lowest
        start = position
        firstSegment = position?.segment ?? 0
    }

    init(layout: LedgerLayout, segment: UInt64?, skippingBelow lowest: UInt64) {
        self.layout = layout
        self.lowest = lowest
        firstSegment = segment ?? 0
    }

    /// Where the next record begins; nil before anything was read of a ledger that may not be there yet.
    package var position: LedgerPosition? {
        guard let segment else { return start }
        return LedgerPosition(
            segment: segment.header.firstIndex,
            offset: segment.offset,
            index: segment.index,
            link: segment.link
        )
    }

    /// The next record; nil when there is none now. Throws `.damaged` where what stands is not what was written.
    package mutating func next() throws(LedgerError) -> LedgerEntry? {
        var looks = 0
        while true {
            guard try enter() else { return nil }
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
                    line: line,
                    segment: current.header.firstIndex,
                    offset: offset,
                    link: current.link
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
        guard try enter(), var look = segment else { return false }
        look.forget()
        switch try look.next() {
        case .record: return true
        case .sealed: return access(layout.segment(LedgerLayout.segmentName(first: look.index)), F_OK) == 0
        case .end, .bad: return false
        }
    }

    /// Opens the segment to begin with. False while there is none.
    private mutating func enter() throws(LedgerError) -> Bool {
        guard segment == nil else { return true }
        do throws(LedgerError) {
            var opened = try SegmentCursor(layout, first: firstSegment)
            if let start { opened.move(to: start.offset, index: start.index, link: start.link) }
            segment = opened
            return true
        } catch {
            guard error.code == .unreadable(ENOENT) else { throw error }
            let segments = try layout.segmentIndices()
            guard segments.isEmpty else {
                throw .damaged("segments", at: 0, index: firstSegment, "no segment begins with this record")
            }
            return false
        }
    }

    /// Goes on to the segment after a sealed one. False while there is none.
    private mutating func turn(from sealed: SegmentCursor) throws(LedgerError) -> Bool {
        let next: SegmentCursor
        do throws(LedgerError) {
            next = try SegmentCursor(layout, first: sealed.index)
        } catch {
            guard error.code == .unreadable(ENOENT), try isLast(sealed) else { throw error }
            segment?.forget()
            return false
        }
        guard next.header.previous == sealed.link else {
            throw .damaged(next.name, at: 32, index: sealed.index, "the segment does not follow from the one before")
        }
        segment = next
        return true
    }

    private func isLast(_ current: SegmentCursor) throws(LedgerError) -> Bool {
        try layout.segmentIndices().last == current.header.firstIndex
    }
}
