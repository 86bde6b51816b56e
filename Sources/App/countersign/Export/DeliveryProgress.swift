internal import AuditExport

/// From where a destination would go on after a crash: what it is known to have, and, where it does not acknowledge, what
/// it was sent so long ago that it will have it.
struct DeliveryProgress {
    /// Nothing before this is sent again.
    private(set) var settled: StreamState
    private let file: CursorFile
    private let replay: Duration
    private let clock: @Sendable () -> ContinuousClock.Instant
    /// Sent and not settled, the oldest first; a tenth of the window lies between two.
    private var marks: [(state: StreamState, sent: ContinuousClock.Instant)] = []
    private var latest: (state: StreamState, sent: ContinuousClock.Instant)?
    private var kept: StreamState?
    private var keptAt: ContinuousClock.Instant

    init(
        _ state: StreamState,
        file: CursorFile,
        replay: Duration,
        clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        settled = state
        self.file = file
        self.replay = replay
        self.clock = clock
        keptAt = clock() - .seconds(3600)
    }

    /// Everything up to `state` was sent.
    mutating func sent(_ state: StreamState, isAcknowledged: Bool) {
        guard !isAcknowledged else {
            settled = state
            return
        }
        let now = clock()
        if state != (latest?.state ?? marks.last?.state ?? settled) { latest = (state, now) }
        if let newest = latest,
            marks.last.map({ newest.sent - $0.sent >= replay / 10 || now - newest.sent >= replay / 10 }) ?? true
        {
            marks.append(newest)
            latest = nil
        }
        while let oldest = marks.first, now - oldest.sent >= replay {
            settled = oldest.state
            marks.removeFirst()
        }
    }

    /// The receiver's kernel does not have everything: the window begins when it has.
    mutating func isUnderWay() {
        let now = clock()
        marks = marks.map { ($0.state, now) }
        latest = latest.map { ($0.state, now) }
    }

    /// A receiver that takes nothing for a while may have taken nothing before that, either: the window stands still.
    mutating func stalled(for duration: Duration) {
        guard duration >= .seconds(1) else { return }
        marks = marks.map { ($0.state, $0.sent + duration) }
        latest = latest.map { ($0.state, $0.sent + duration) }
    }

    /// Writes the cursor if that is due: each second, less often while it is large.
    mutating func keep(atEnd: Bool) throws {
        let pause = Duration.milliseconds(1000 + settled.weight / 2)
        let now = clock()
        guard settled != kept, atEnd || now - keptAt >= pause else { return }
        keptAt = now
        try file.write(settled)
        kept = settled
    }
}
