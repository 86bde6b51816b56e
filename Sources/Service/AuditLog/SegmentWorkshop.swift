import Glibc
import Synchronization

/// Makes the next segment ahead of its use: allocated, on disk and, where records are synced, filled with zeros; so that
/// a disk that fills up is met here, between two segments, and never in the middle of one, and so that a sync has no new
/// blocks to write down.
final class SegmentWorkshop: Sendable {
    private let layout: LedgerLayout
    private let options: LedgerOptions
    private let slot = Mutex<Slot>(Slot())
    /// Whether the next segment lies ready; and whether the last attempt at it failed, for want of room.
    private let ready = Atomic<Bool>(false)
    private let failing = Atomic<Bool>(false)
    private let stopping = Atomic<Bool>(false)
    private let bell = Bell()

    private struct Slot {
        var ready: PreparedSegment?
        var made = 0
        var lastFailure: ContinuousClock.Instant?
    }

    init(layout: LedgerLayout, options: LedgerOptions) {
        self.layout = layout
        self.options = options
    }

    var isReady: Bool { ready.load(ordering: .acquiring) }

    var isFailing: Bool { failing.load(ordering: .acquiring) }

    /// The thread's body: makes the next segment where there is none, and tries again after a failure.
    func run() {
        while !stopping.load(ordering: .acquiring) {
            prepare()
            bell.wait(atMost: options.roomInterval)
        }
    }

    func stop() {
        stopping.store(true, ordering: .releasing)
        bell.ring()
    }

    private func prepare() {
        slot.withLock { slot in
            if slot.ready == nil { make(&slot) }
        }
    }

    /// The next segment, made on the spot where the thread was not quick enough.
    /// Throws `.full` when there is no room for it; after a failure it is not tried at once again.
    func take() throws(LedgerError) -> PreparedSegment {
        let segment = slot.withLock { slot in
            makeUnlessTooSoon(&slot)
            defer { slot.ready = nil }
            ready.store(false, ordering: .releasing)
            return slot.ready
        }
        bell.ring()
        guard let segment else { throw LedgerError(.full) }
        return segment
    }

    /// Whether there is a next segment, made on the spot where the thread was not quick enough.
    func ensure() -> Bool {
        if isReady { return true }
        return slot.withLock { slot in
            makeUnlessTooSoon(&slot)
            return slot.ready != nil
        }
    }

    private func makeUnlessTooSoon(_ slot: inout Slot) {
        let isTooSoon = slot.lastFailure.map { $0.duration(to: .now) < options.roomInterval } ?? false
        if slot.ready == nil, !isTooSoon { make(&slot) }
    }

    /// Gives back a segment that was taken and not used.
    func putBack(_ segment: PreparedSegment) {
        slot.withLock { slot in
            if slot.ready == nil { slot.ready = segment } else { unlink(segment.path) }
            ready.store(true, ordering: .releasing)
        }
    }

    private func make(_ slot: inout Slot) {
        slot.made += 1
        slot.ready = allocated(slot.made)
        slot.lastFailure = slot.ready == nil ? .now : nil
        ready.store(slot.ready != nil, ordering: .releasing)
        failing.store(slot.ready == nil, ordering: .releasing)
    }

    private func allocated(_ number: Int) -> PreparedSegment? {
        let path = layout.prepared(number)
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        let file = OpenFile(adopting: descriptor)
        guard file.allocate(Int64(options.segmentBytes), with: options.files) == 0, fill(file),
            file.sync(with: options.files) == 0
        else {
            // What was allocated is given back: others on this disk need it to end in order.
            unlink(path)
            return nil
        }
        return PreparedSegment(file: file, path: path)
    }

    /// Writes zeros over the whole file where records must reach the disk one by one: blocks that were only allocated
    /// are marked as written in the file system's journal at each sync of them, which a sync then waits for. Where
    /// records go to the kernel alone, writing everything twice would cost more than it gives.
    private func fill(_ file: OpenFile) -> Bool {
        guard options.fillsSegments else { return true }
        let zeros = [UInt8](repeating: 0, count: min(1 << 20, options.segmentBytes))
        var position = 0
        while position < options.segmentBytes {
            guard !stopping.load(ordering: .acquiring) else { return false }
            let count = min(zeros.count, options.segmentBytes - position)
            let errno = zeros.withUnsafeBytes { raw in
                file.write(UnsafeRawBufferPointer(rebasing: raw[..<count]), at: Int64(position), with: options.files)
                    .errno
            }
            guard errno == 0 else { return false }
            position += count
        }
        return true
    }
}
