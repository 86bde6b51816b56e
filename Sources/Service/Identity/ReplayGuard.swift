import AccessModel
import Crypto
import Synchronization

/// Remembers the tokens that opened a session until they expire, so that none opens a second one.
///
/// It is bounded, and refuses when everything in it is still valid: forgetting would let a token in again.
/// GAP: it lives in memory. A restart forgets, and for what is left of its age a token can be used once more.
final class ReplayGuard: Sendable {
    enum Answer: Hashable, Sendable {
        case first, seen, full
    }

    fileprivate struct State {
        var seen: [SHA256Digest: Timestamp] = [:]
        /// No entry expires before this.
        var earliest = Timestamp(microseconds: .max)
    }

    private let state = Mutex(State())

    /// Takes a token: `.first` once for a key, until `expires` has passed.
    func take(_ key: SHA256Digest, until expires: Timestamp, now: Timestamp, capacity: Int) -> Answer {
        state.withLock { state in
            if let until = state.seen[key], now <= until { return .seen }
            if state.seen.count >= capacity, state.earliest < now { state.forget(before: now) }
            guard state.seen.count < capacity else { return .full }
            state.seen[key] = expires
            state.earliest = min(state.earliest, expires)
            return .first
        }
    }

    var count: Int {
        state.withLock { $0.seen.count }
    }
}

extension ReplayGuard.State {
    fileprivate mutating func forget(before now: Timestamp) {
        seen = seen.filter { $0.value >= now }
        earliest = seen.values.min() ?? Timestamp(microseconds: .max)
    }
}
