import Synchronization

/// One value, given by one thread or task and waited for by one thread.
final class Answer<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let bell = Bell()

    func give(_ given: Value) {
        value.withLock { $0 = given }
        bell.ring()
    }

    /// Nil when the time is over before.
    func wait(atMost limit: Duration) -> Value? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let given = value.withLock({ $0 }) { return given }
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return nil }
            bell.wait(atMost: left)
        }
    }
}
