internal import AccessModel
internal import Synchronization

/// How many refusals of tokens that nobody signed are recorded: enough to show an attack, not enough to let strangers
/// fill the disk. What was left out is counted, and the next record says how many.
final class RefusalBudget: Sendable {
    private struct State {
        var tokens: Double
        var last: Timestamp?
        var suppressed: UInt64 = 0
    }

    private let burst: Double
    private let perSecond: Double
    private let state: Mutex<State>

    init(burst: Double = 200, perSecond: Double = 20) {
        self.burst = burst
        self.perSecond = perSecond
        state = Mutex(State(tokens: burst))
    }

    /// The number of refusals left out since the last record; nil when this one is left out too.
    func take(at now: Timestamp) -> UInt64? {
        state.withLock { state in
            let elapsed = Double(max(0, now.microseconds - (state.last ?? now).microseconds)) / 1_000_000
            state.tokens = min(burst, state.tokens + elapsed * perSecond)
            state.last = now
            guard state.tokens >= 1 else {
                state.suppressed += 1
                return nil
            }
            state.tokens -= 1
            defer { state.suppressed = 0 }
            return state.suppressed
        }
    }
}
