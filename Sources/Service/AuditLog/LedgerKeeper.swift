import AccessModel
import Synchronization

/// Writes outcomes that have waited long enough, and asks after room on the disk.
final class LedgerKeeper: Sendable {
    private let end: LedgerEnd
    private let layout: LedgerLayout
    private let options: LedgerOptions
    private let bell = Bell()
    private let isAsleep = Atomic<Bool>(false)
    private let stopping = Atomic<Bool>(false)
    private let now: @Sendable () -> Timestamp

    init(end: LedgerEnd, layout: LedgerLayout, options: LedgerOptions, now: @escaping @Sendable () -> Timestamp) {
        self.end = end
        self.layout = layout
        self.options = options
        self.now = now
        askForRoom()
    }

    /// An outcome waits. Costs a system call only when the thread had nothing to do for a while.
    func outcomeWaits() {
        if isAsleep.exchange(false, ordering: .acquiringAndReleasing) { bell.ring() }
    }

    func stop() {
        stopping.store(true, ordering: .releasing)
        bell.ring()
    }

    /// The thread's body.
    func run() {
        var (size, nextBeat) = (end.counters.size, ContinuousClock.now + (options.heartbeat ?? .zero))
        var nextLook = ContinuousClock.now + options.roomInterval
        while !stopping.load(ordering: .acquiring) {
            rest(until: nextLook)
            if end.hasPending, !stopping.load(ordering: .acquiring) {
                bell.wait(atMost: options.outcomeDelay)
                // A failure is the ledger's state already: whoever appends next is told.
                try? end.flush()
            }
            guard ContinuousClock.now >= nextLook else { continue }
            beat(&size, &nextBeat)
            askForRoom()
            nextLook = ContinuousClock.now + options.roomInterval
        }
    }

    /// Sleeps until an outcome waits: a short nap while there is work, so that nobody need ring; then a long one.
    private func rest(until deadline: ContinuousClock.Instant) {
        for _ in 0..<20 where !end.hasPending && !stopping.load(ordering: .acquiring) {
            guard ContinuousClock.now < deadline else { return }
            bell.wait(atMost: options.outcomeDelay)
        }
        guard !end.hasPending else { return }
        isAsleep.store(true, ordering: .sequentiallyConsistent)
        // Whoever appended before the line above did not ring.
        if !end.hasPending, !stopping.load(ordering: .acquiring) {
            bell.wait(atMost: max(.zero, ContinuousClock.now.duration(to: deadline)))
        }
        isAsleep.store(false, ordering: .sequentiallyConsistent)
    }

    /// Records that the gateway lives, where nothing else was recorded: who reads the ledger need not wonder about a silence
    /// that is longer. Without room there is none; then there is nothing else either.
    private func beat(_ size: inout UInt64, _ next: inout ContinuousClock.Instant) {
        guard let heartbeat = options.heartbeat else { return }
        let current = end.counters.size
        if current != size {
            (size, next) = (current, .now + heartbeat)
        } else if ContinuousClock.now >= next {
            _ = try? end.append(RecordDraft(kind: .heartbeat, session: nil, body: []), at: now(), mayWait: false)
            (size, next) = (end.counters.size, .now + heartbeat)
        }
    }

    private func askForRoom() {
        guard options.lowestFreeBytes > 0 else { return }
        // Where the system does not say, an append that fails will.
        let isLow = options.files.freeBytes(layout.directory).map { $0 < options.lowestFreeBytes } ?? false
        end.isDiskLow.store(isLow, ordering: .relaxed)
    }
}
