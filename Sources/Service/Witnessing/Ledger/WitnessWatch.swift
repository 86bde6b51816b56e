import Synchronization

/// How far the ledger is witnessed, since when something waits, and whether changes are refused for it.
///
/// What is asked on the way of a command is one atomic read and a clock.
package final class WitnessWatch: Sendable {
    /// What happened to the witnesses as a whole.
    package enum Change: Hashable, Sendable {
        /// No quorum for `alarmAfter`.
        case lost
        case restored
    }

    private struct State {
        /// Entries that a quorum has cosigned.
        var witnessed: UInt64
        /// The time of `uptime` since when entries wait for a quorum; nil while none do.
        var waitingSince: Duration?
        var isLost = false
        /// When the quorum was last had, by `uptime`.
        var quorumAt: Duration?
    }

    private let state: Mutex<State>
    /// Nanoseconds of `uptime` from which on changes are refused.
    private let deadline = Atomic<Int64>(.max)
    private let refuseAfter: Duration?
    private let uptime: @Sendable () -> Duration
    package let alarmAfter: Duration

    /// A gateway that starts is given so long to reach its witnesses.
    package static let grace = Duration.seconds(30)

    /// `refuseAfter` is nil where work goes on without witnesses. `witnessed` is the size of the last checkpoint that a
    /// quorum cosigned, as it was kept, and `age` how long ago that was; nil for never. A restart does not turn it back.
    package init(
        refuseAfter: Duration?,
        witnessed: UInt64 = 0,
        age: Duration? = nil,
        uptime: @escaping @Sendable () -> Duration
    ) {
        self.refuseAfter = refuseAfter
        self.uptime = uptime
        alarmAfter = min(.seconds(60), (refuseAfter ?? .seconds(120)) / 2)
        let now = uptime()
        var waited = age.map { max(.zero, $0) } ?? .zero
        if let refuseAfter { waited = min(waited, max(.zero, refuseAfter - WitnessWatch.grace)) }
        state = Mutex(State(witnessed: witnessed, waitingSince: now - waited, quorumAt: age.map { now - $0 }))
        setDeadline(now - waited)
    }

    /// Whether records have waited for a quorum for longer than changes may go on without.
    package var refusesChanges: Bool {
        let deadline = deadline.load(ordering: .relaxed)
        return deadline != .max && uptime().nanoseconds >= deadline
    }

    /// A quorum cosigned a checkpoint of this size, while the ledger has `ledgerSize` entries.
    package func witnessed(_ size: UInt64, ledgerSize: UInt64) -> Change? {
        let now = uptime()
        return state.withLock { state in
            state.witnessed = max(state.witnessed, size)
            state.quorumAt = now
            state.waitingSince = ledgerSize > state.witnessed ? now : nil
            setDeadline(state.waitingSince)
            defer { state.isLost = false }
            return state.isLost ? .restored : nil
        }
    }

    /// The ledger has so many entries now. Called about once a second.
    package func looked(ledgerSize: UInt64) -> Change? {
        let now = uptime()
        return state.withLock { state in
            if ledgerSize > state.witnessed {
                if state.waitingSince == nil { state.waitingSince = now }
            } else {
                state.waitingSince = nil
            }
            setDeadline(state.waitingSince)
            guard let since = state.waitingSince, now - since >= alarmAfter, !state.isLost else { return nil }
            state.isLost = true
            return .lost
        }
    }

    private func setDeadline(_ since: Duration?) {
        guard let refuseAfter, let since else { return deadline.store(.max, ordering: .relaxed) }
        deadline.store((since + refuseAfter).nanoseconds, ordering: .relaxed)
    }

    package struct Reading: Hashable, Sendable {
        package var witnessed: UInt64
        /// How long entries have waited for a quorum; nil while none do.
        package var waiting: Duration?
        /// Since the last quorum; nil where there was none.
        package var age: Duration?
        package var isLost: Bool
        package var refusesChanges: Bool
    }

    package var reading: Reading {
        let (now, refuses) = (uptime(), refusesChanges)
        return state.withLock { state in
            Reading(
                witnessed: state.witnessed,
                waiting: state.waitingSince.map { now - $0 },
                age: state.quorumAt.map { now - $0 },
                isLost: state.isLost,
                refusesChanges: refuses
            )
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
    }
}
