import AccessModel
import Synchronization

/// Makes records durable: one thread, one fdatasync for all who wait (group commit), and the head that counts them.
final class LedgerSyncer: Sendable {
    private let writer: LedgerEnd
    private let layout: LedgerLayout
    private let options: LedgerOptions
    private let queue = Mutex(SyncQueue())
    private let bell = Bell()
    private let progress: Mutex<Progress>
    private let stopping = Atomic<Bool>(false)

    private struct Progress {
        /// Records on disk.
        var durable: UInt64
        /// Records that the head on disk counts.
        var headed: UInt64
        var counters = LedgerCounters()
    }

    init(writer: LedgerEnd, layout: LedgerLayout, options: LedgerOptions) {
        self.writer = writer
        self.layout = layout
        self.options = options
        // What recovery found may be in the kernel's memory only: nothing counts as durable before the first sync.
        progress = Mutex(Progress(durable: 0, headed: 0))
    }

    /// Puts on disk what recovery found, and a head that counts it, before anything is added.
    /// A disk without room is no hindrance where there is an older head.
    func begin() throws(LedgerError) {
        let head = try sync(isFirst: true)
        let failure = head.replace(in: layout, with: options.files)
        if WantOfRoom.isCause(of: failure), try LedgerHead.read(layout) != nil { return }
        try check(failure)
        progress.withLock { $0.headed = head.size }
    }

    var counters: LedgerCounters {
        progress.withLock { progress in
            var counters = progress.counters
            counters.durable = progress.durable
            return counters
        }
    }

    /// Calls back when the record at `index` is on disk, or cannot be. At once when the ledger is closed.
    func whenDurable(_ index: UInt64, _ body: @escaping SyncQueue.Body) {
        let isQueued = queue.withLock { $0.add(SyncQueue.Waiter(index: index, body: body)) }
        guard isQueued else { return body(.failure(LedgerError(.closed))) }
        bell.ring()
    }

    func stop() {
        stopping.store(true, ordering: .releasing)
        bell.ring()
    }

    /// The thread's body.
    func run() {
        var nextHead = ContinuousClock.now + options.headInterval
        while !stopping.load(ordering: .acquiring) {
            bell.wait(atMost: max(.zero, ContinuousClock.now.duration(to: nextHead)))
            commit(isHeadDue: ContinuousClock.now >= nextHead)
            if ContinuousClock.now >= nextHead { nextHead = ContinuousClock.now + options.headInterval }
        }
        commit(isHeadDue: true)
        let late = queue.withLock { queue in
            queue.stop()
            return queue.take()
        }
        for waiter in late { waiter.body(.failure(LedgerError(.closed))) }
    }

    private func commit(isHeadDue: Bool) {
        let waiters = queue.withLock { $0.take() }
        let durable = progress.withLock { $0.durable }
        let isSyncNeeded = isHeadDue || waiters.contains { $0.index >= durable }
        guard isSyncNeeded else { return answer(waiters, below: durable) }
        do throws(LedgerError) {
            let head = try sync()
            answer(waiters, below: head.size)
            if isHeadDue { writeHead(head) }
        } catch {
            writer.fail(error)
            for waiter in waiters { waiter.body(.failure(error)) }
        }
    }

    /// Calls back those whose records are on disk; others wait for the next commit.
    private func answer(_ waiters: [SyncQueue.Waiter], below size: UInt64) {
        var early: [SyncQueue.Waiter] = []
        for waiter in waiters {
            if waiter.index < size { waiter.body(.success(())) } else { early.append(waiter) }
        }
        if !early.isEmpty { queue.withLock { $0.putBack(early) } }
    }

    private func sync(isFirst: Bool = false) throws(LedgerError) -> LedgerHead {
        let batch = try writer.batch()
        guard isFirst || progress.withLock({ $0.durable < batch.head.size }) else { return batch.head }
        let start = ContinuousClock.now
        // In the ledger's order: a record is never on disk without those before it being on their way first.
        for file in batch.sealed { try check(file.syncData(with: options.files)) }
        try check(batch.active.syncData(with: options.files))
        if isFirst || !batch.sealed.isEmpty {
            try check(DurableFile.syncDirectory(layout.segments, with: options.files))
        }
        // From here every record below the batch's size survives the machine's end.
        note(batch.head, took: start.duration(to: .now))
        return batch.head
    }

    private func check(_ errno: Int32) throws(LedgerError) {
        guard errno == 0 else { throw LedgerError(.failed(errno)) }
    }

    private func note(_ head: LedgerHead, took duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let microseconds = UInt64(max(0, seconds)) * 1_000_000 + UInt64(max(0, attoseconds / 1_000_000_000_000))
        progress.withLock { progress in
            progress.durable = head.size
            progress.counters.syncs += 1
            progress.counters.syncMicroseconds += microseconds
            progress.counters.lastSyncMicroseconds = microseconds
            progress.counters.longestSyncMicroseconds = max(progress.counters.longestSyncMicroseconds, microseconds)
        }
    }

    /// Writes the head where records came since the last one. Without room the old head stands: it is true of less.
    private func writeHead(_ head: LedgerHead) {
        guard progress.withLock({ $0.headed != head.size }) else { return }
        let failure = head.replace(in: layout, with: options.files)
        guard failure != 0 else { return progress.withLock { $0.headed = head.size } }
        if !WantOfRoom.isCause(of: failure) {
            writer.fail(LedgerError(.failed(failure), file: "head"))
        }
    }
}
