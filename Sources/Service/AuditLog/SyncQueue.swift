/// Who waits for which record to be on disk. Owned by a mutex.
struct SyncQueue {
    typealias Body = @Sendable (Result<Void, LedgerError>) -> Void

    struct Waiter {
        var index: UInt64
        var body: Body
    }

    private var waiters: [Waiter] = []
    private(set) var isStopped = false

    /// False when nobody will ever answer: the ledger was closed.
    mutating func add(_ waiter: Waiter) -> Bool {
        guard !isStopped else { return false }
        waiters.append(waiter)
        return true
    }

    mutating func take() -> [Waiter] {
        defer { waiters = [] }
        return waiters
    }

    mutating func putBack(_ early: [Waiter]) {
        waiters.insert(contentsOf: early, at: 0)
    }

    mutating func stop() {
        isStopped = true
    }
}
