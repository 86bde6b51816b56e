import AccessModel
import Glibc
import Synchronization
import TransparencyLog

/// Grows the tree and publishes checkpoints, on a thread of its own: nobody who appends waits for it.
final class LedgerIntegrator: Sendable {
    private let end: LedgerEnd
    private let syncer: LedgerSyncer
    private let layout: LedgerLayout
    private let options: LedgerOptions
    private let publisher: CheckpointPublisher
    private let now: @Sendable () -> Timestamp
    private let work: Mutex<Work>
    private let state = Mutex(CheckpointStatus())
    private let bell = Bell()
    private let stopping = Atomic<Bool>(false)
    private let asked = Mutex<[@Sendable (Result<Void, LedgerError>) -> Void]>([])

    /// Owned by whoever runs a round.
    private struct Work {
        var signing: LedgerSigning
        /// Nil after a fault: begun again from what was signed.
        var growth: TreeGrowth?
    }

    /// Checks that the tree on disk is the one that was signed last, and that nothing below it is missing.
    init(
        signing: LedgerSigning,
        end: LedgerEnd,
        syncer: LedgerSyncer,
        layout: LedgerLayout,
        options: LedgerOptions,
        publisher: CheckpointPublisher,
        now: @escaping @Sendable () -> Timestamp
    ) throws(LedgerError) {
        self.end = end
        self.syncer = syncer
        self.layout = layout
        self.options = options
        self.publisher = publisher
        self.now = now
        try signing.requireRecords(end.counters.size)
        let growth = try TreeGrowth(from: signing.last, layout: layout, files: options.files)
        try signing.reconcile()
        state.withLock { $0.size = signing.last.size }
        work = Mutex(Work(signing: signing, growth: growth))
    }

    var status: CheckpointStatus { state.withLock { $0 } }

    /// Publishes a checkpoint over everything that is appended by now, and tells when that is done.
    func publish(_ done: @escaping @Sendable (Result<Void, LedgerError>) -> Void) {
        guard !stopping.load(ordering: .acquiring) else { return done(.failure(LedgerError(.closed))) }
        asked.withLock { $0.append(done) }
        bell.ring()
    }

    /// The last round comes after this, and covers everything.
    func stop() {
        stopping.store(true, ordering: .releasing)
        bell.ring()
    }

    /// The thread's body.
    func run() {
        var last = ContinuousClock.now
        var rest = Duration.zero
        while !stopping.load(ordering: .acquiring) {
            bell.wait(atMost: options.checkpointLook)
            let waiting = asked.withLock { asked in
                defer { asked = [] }
                return asked
            }
            let since = last.duration(to: .now)
            guard !waiting.isEmpty || since >= rest && isDue(since) else { continue }
            let start = ContinuousClock.now
            let result = round()
            for body in waiting { body(result) }
            last = .now
            // After a fault everything since the last checkpoint is read again: not at once.
            let isDone = (try? result.get()) != nil
            let pause = isDone ? duration : max(options.checkpointLook, start.duration(to: last))
            rest = max(options.checkpointLook, pause * options.checkpointRest)
        }
        let result = round()
        for body in asked.withLock({ $0 }) { body(result) }
        work.withLock { $0.signing.lock.release() }
    }

    private var duration: Duration {
        .microseconds(Int64(clamping: state.withLock { $0.lastMicroseconds }))
    }

    private func isDue(_ since: Duration) -> Bool {
        let fresh = end.counters.size - status.size
        guard fresh > 0 else { return false }
        if end.hasEndedSession.exchange(false, ordering: .acquiringAndReleasing) { return true }
        return since >= options.checkpointInterval || fresh >= UInt64(options.checkpointEntries)
    }

    /// One round: everything below the ledger's end goes into the tree, and a checkpoint says so. A fault that room can
    /// cure postpones it; any other one ends the ledger, for nothing may be recorded that will never be signed.
    private func round() -> Result<Void, LedgerError> {
        do throws(LedgerError) {
            try work.withLock { work throws(LedgerError) in try publish(&work) }
            return .success(())
        } catch {
            work.withLock { $0.growth = nil }
            if error.isCuredByRoom {
                state.withLock { $0.postponed += 1 }
            } else if error.code != .closed {
                end.fail(error)
            }
            return .failure(error)
        }
    }

    private func publish(_ work: inout Work) throws(LedgerError) {
        let start = ContinuousClock.now
        let size = try end.flushedSize()
        let old = work.signing.last.size
        guard size > old else { return }
        try waitUntilDurable(size - 1)
        var growth = try takeGrowth(&work)
        growth.expect(end.takeLeaves())
        try growth.grow(to: size)
        try growth.settle()
        // Records and tree are on disk: only now may anybody be told of them.
        let checkpoint = Checkpoint(origin: work.signing.origin, size: size, root: growth.root)
        var note = try work.signing.sign(checkpoint)
        // The lock holds it: from here on this is the history, published or not.
        took(start.duration(to: .now))
        for signature in cosignatures(note, checkpoint) { try? note.add(signature) }
        try work.signing.publish(note.bytes)
        growth.forgetPartials(of: old)
        work.growth = growth
        state.withLock { state in
            state.size = size
            state.time = now()
            state.published += 1
        }
        publisher.published(note, checkpoint)
    }

    private func took(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let took = UInt64(max(0, seconds)) * 1_000_000 + UInt64(max(0, attoseconds / 1_000_000_000_000))
        state.withLock { state in
            state.microseconds += took
            state.lastMicroseconds = took
            state.longestMicroseconds = max(state.longestMicroseconds, took)
        }
    }

    private func takeGrowth(_ work: inout Work) throws(LedgerError) -> TreeGrowth {
        defer { work.growth = nil }
        if let growth = work.growth { return growth }
        return try TreeGrowth(from: work.signing.last, layout: layout, files: options.files)
    }

    private func waitUntilDurable(_ index: UInt64) throws(LedgerError) {
        let answer = Answer<Result<Void, LedgerError>>()
        syncer.whenDurable(index) { answer.give($0) }
        guard let result = answer.wait(atMost: .seconds(600)) else { throw LedgerError(.failed(ETIMEDOUT)) }
        try result.get()
    }

    private func cosignatures(_ note: SignedNote, _ checkpoint: Checkpoint) -> [NoteSignature] {
        guard let cosign = publisher.cosign else { return [] }
        let answer = Answer<[NoteSignature]>()
        let tiles = LedgerTiles(layout: layout)
        Task.detached {
            answer.give(
                await cosign(note, checkpoint) { old in
                    var tree = tiles.tree(size: checkpoint.size)
                    return try tree.consistencyProof(from: old)
                }
            )
        }
        // Who does not answer in time is missing under this checkpoint, and no more.
        let isLast = stopping.load(ordering: .acquiring)
        return answer.wait(atMost: isLast ? min(publisher.patience, .seconds(3)) : publisher.patience) ?? []
    }
}
