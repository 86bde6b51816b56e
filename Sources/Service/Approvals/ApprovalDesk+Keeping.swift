internal import AccessModel
internal import Synchronization

/// How change sets get to the store and their ends to the ledger, in the order that `OwedKeeping` tells of.
///
/// Every write takes the state as it is then, under the lock, so that the last one written is the last there was.
extension ApprovalDesk {
    /// What is owed is tried again after so long.
    private static let patience = Duration.seconds(5)

    /// Does what is owed of a change set. Returns what could not be done yet, which later ticks try again.
    func pay(_ id: ULID) async -> ApprovalRefusal? {
        await withCheckedContinuation { continuation in
            pay(id) { continuation.resume(returning: $0) }
        }
    }

    /// Tries again what is owed since a while.
    func payDebts(at now: Timestamp) {
        let debts = entries.withLock { entries in
            entries.keys.filter { id in
                guard let entry = entries[id], entry.owed != nil else { return false }
                guard entry.tried.map({ now >= $0.advanced(by: ApprovalDesk.patience) }) ?? true else { return false }
                entries[id]?.tried = now
                return true
            }
        }
        for id in debts { pay(id) { _ in } }
    }

    private func pay(_ id: ULID, _ done: @escaping @Sendable (ApprovalRefusal?) -> Void) {
        switch entries.withLock({ $0[id]?.owed }) {
        case nil: done(nil)
        case .state(let index):
            keep(id) { [self] isKept in
                if isKept { entries.withLock { if $0[id]?.owed == .state(after: index) { $0[id]?.owed = nil } } }
                done(isKept ? nil : .yesNotKept)
            }
        case .end:
            keep(id) { [self] isKept in
                guard isKept else { return done(.endNotKept) }
                entries.withLock { if $0[id]?.owed == .end { $0[id]?.owed = .record } }
                recordEnd(id, done)
            }
        case .record: recordEnd(id, done)
        }
    }

    /// Writes the state as it is, once the records are on disk of what it gives.
    func keep(_ id: ULID, _ done: @escaping @Sendable (Bool) -> Void) {
        guard case .state(let index) = entries.withLock({ $0[id]?.owed }) else { return put(id, through: nil, done) }
        ports.whenDurable(index) { [self] isDurable in
            if isDurable { put(id, through: index, done) } else { done(false) }
        }
    }

    /// `index`: the record through which the ledger is on disk. Whatever came behind it is in the state too, and waits.
    private func put(_ id: ULID, through index: UInt64?, _ done: @escaping @Sendable (Bool) -> Void) {
        let isGiven: Bool? = entries.withLock { entries in
            guard let store = ports.store, let entry = entries[id], let snapshot = entry.hold.snapshot else {
                return false
            }
            if case .state(let last) = entry.owed, index.map({ last > $0 }) ?? true { return nil }
            store.put(snapshot, done: done)
            return true
        }
        switch isGiven {
        case true: break
        case false: done(false)
        case nil: keep(id, done)
        }
    }

    /// The end is kept: now it is told, once, and forgotten when that is on disk.
    private func recordEnd(_ id: ULID, _ done: @escaping @Sendable (ApprovalRefusal?) -> Void) {
        let told: Result<(Hold, UInt64), ApprovalRefusal>? = entries.withLock { entries in
            guard let entry = entries[id], entry.owed == .record else { return nil }
            let draft = ApprovalRecord.end(entry.hold, isRecovered: entry.isRecovered)
            guard let index = ports.record(draft) else { return .failure(.endNotRecorded) }
            entries[id] = nil
            remember(entry.hold)
            return .success((entry.hold, index))
        }
        switch told {
        // Somebody else was faster.
        case nil: done(nil)
        case .failure(let refusal): done(refusal)
        case .success((let hold, let index)):
            ports.changed(hold)
            ports.whenDurable(index) { [self] isDurable in
                if isDurable { ports.store?.remove(id) }
                done(nil)
            }
        }
    }
}
