import AccessModel
import Synchronization

/// The keys of one issuer: loaded once for all who wait, again when they are old or a token asks for others, at most
/// once in `IdentityLimits.refreshSpacing`, and used for a bounded time while the issuer cannot be reached.
final class KeyCache: Sendable {
    /// A ring, and which load it came from.
    struct Loaded: Sendable {
        var ring: KeyRing
        var at: Timestamp
        var generation: UInt64
    }

    fileprivate struct State {
        var loaded: Loaded?
        var attempted: Timestamp?
        var fault: KeySetFault?
        /// Set by a reload of the configuration: load before the next use, however young the ring.
        var isDue = false
        var inFlight: Task<Void, Never>?
    }

    private let loader: KeySetLoader
    private let state = Mutex(State())

    init(issuer: TrustedIssuer, ports: IdentityPorts) {
        loader = KeySetLoader(issuer: issuer, ports: ports)
    }

    /// The keys that can be tried without waiting and without doubt; nil where `current` should be asked.
    var atHand: Loaded? {
        let now = loader.ports.now()
        return state.withLock { state in
            state.loaded.flatMap { !state.isDue && $0.isFresh(at: now) ? $0 : nil }
        }
    }

    /// The keys to try: younger than the refresh interval where the issuer answers, younger than `staleBound` where it
    /// does not. Nil where there are none such.
    func current(staleBound: Duration) async -> Loaded? {
        if let loaded = atHand { return loaded }
        let load = startLoad()
        // An issuer that failed to answer may fail slowly: while old keys serve, no session waits for it again.
        let isDown = state.withLock { $0.fault != nil }
        if isDown, let stale = usable(staleBound: staleBound) { return stale }
        await load?.value
        return usable(staleBound: staleBound)
    }

    /// Keys younger than these, which did not verify a token; nil where there are none, or it is too early to ask.
    func newer(than tried: Loaded, staleBound: Duration) async -> Loaded? {
        if usable(staleBound: staleBound)?.generation == tried.generation { await startLoad()?.value }
        guard let loaded = usable(staleBound: staleBound), loaded.generation != tried.generation else { return nil }
        return loaded
    }

    /// Makes the next use load first.
    func markDue() {
        state.withLock { state in
            state.isDue = true
            state.attempted = nil
        }
    }

    /// Loads where the ring is missing or old, so that no session has to wait for it.
    func refresh() async {
        if atHand == nil { await startLoad()?.value }
    }

    func status(staleBound: Duration) -> IssuerStatus {
        let now = loader.ports.now()
        return state.withLock { state in
            IssuerStatus(
                issuer: loader.issuer.name,
                keys: state.loaded?.ring.keys.count ?? 0,
                loadedAt: state.loaded?.at,
                attemptedAt: state.attempted,
                fault: state.fault,
                isUsable: state.loaded.map { !$0.ring.keys.isEmpty && $0.isWithin(staleBound, at: now) } ?? false
            )
        }
    }

    private func usable(staleBound: Duration) -> Loaded? {
        let now = loader.ports.now()
        return state.withLock { state in state.loaded.flatMap { $0.isWithin(staleBound, at: now) ? $0 : nil } }
    }

    /// The load that is under way, or one started now if it is time. It is nobody's child: a session that gives up does
    /// not take the others' keys along. The port's own deadline ends it.
    private func startLoad() -> Task<Void, Never>? {
        let now = loader.ports.now()
        return state.withLock { state in
            if let task = state.inFlight { return task }
            guard state.mayAttempt(at: now) else { return nil }
            state.attempted = now
            let task = Task { await self.attempt() }
            state.inFlight = task
            return task
        }
    }

    private func attempt() async {
        let result: Result<KeyRing, KeySetFault>
        do throws(KeySetFault) {
            let bytes = try await loader.load()
            result = .success(try await KeyRing(keySet: bytes, allowed: loader.issuer.algorithms))
        } catch {
            result = .failure(error)
        }
        let now = loader.ports.now()
        state.withLock { state in
            state.finish(result, at: now)
        }
    }
}

extension KeyCache.State {
    fileprivate func mayAttempt(at now: Timestamp) -> Bool {
        // A clock that was set back must not forbid loads until it has caught up.
        guard let attempted, attempted <= now else { return true }
        let spacing = loaded == nil ? IdentityLimits.retrySpacing : IdentityLimits.refreshSpacing
        return attempted.advanced(by: spacing) <= now
    }

    fileprivate mutating func finish(_ result: Result<KeyRing, KeySetFault>, at now: Timestamp) {
        inFlight = nil
        isDue = false
        switch result {
        case .success(let ring):
            // What the issuer publishes holds, even if it is nothing: that is how it takes its keys back.
            loaded = KeyCache.Loaded(ring: ring, at: now, generation: (loaded?.generation ?? 0) &+ 1)
            fault = nil
        case .failure(let reason):
            fault = reason
        }
    }
}

extension KeyCache.Loaded {
    fileprivate func isFresh(at now: Timestamp) -> Bool {
        isWithin(IdentityLimits.refreshInterval, at: now)
    }

    /// Not from the future either: after a clock was set back, nobody knows how old it is.
    fileprivate func isWithin(_ bound: Duration, at now: Timestamp) -> Bool {
        at <= now && now < at.advanced(by: bound)
    }
}
