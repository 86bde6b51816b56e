package import AccessModel
import Glibc
import Synchronization
package import TransparencyLog

/// The append-only log of records in `DATA/ledger` (docs/reference/ledger-format.md).
///
/// A record is sequenced and handed to the kernel before `append` returns; `whenDurable` tells when it is on disk.
/// Recovery and normal start are the same code. One process at a time holds a ledger; anybody may read it meanwhile.
package final class Ledger: Sendable {
    /// What opening it found: torn bytes that were cut, records that are there.
    package let recovery: RecoveryReport

    /// What checkpoints are verified with from now on.
    package var key: NoteVerifierKey { signer.key }

    let signer: NoteSigner
    /// Whether the last record hands over to a key that is not in use yet.
    let isRotating: Bool
    private let end: LedgerEnd
    private let syncer: LedgerSyncer
    private let integrator: LedgerIntegrator
    private let keeper: LedgerKeeper
    private let workshop: SegmentWorkshop
    let blobs: Mutex<BlobStore>
    let identity: LedgerIdentity
    let layout: LedgerLayout
    let files: FileOperations
    private let now: @Sendable () -> Timestamp
    private let running = Mutex<Running?>(nil)

    private struct Running {
        var lock: LedgerLock
        var threads: [LedgerThread]
    }

    /// Opens the ledger in `directory`, which is made (0700) where there is none, and recovers it.
    /// Throws `.locked` while another process has it, `.damaged` where it is not what was written, `.unsigned` where it is
    /// not what was signed. `finishesRotation`: it is opened to go on with a rotation of the key, and for nothing else.
    package init(
        directory: String,
        identity: LedgerIdentity,
        options: LedgerOptions = LedgerOptions(),
        publisher: CheckpointPublisher = .silent,
        finishesRotation: Bool = false,
        now: @escaping @Sendable () -> Timestamp
    ) throws(LedgerError) {
        let layout = LedgerLayout(directory: directory)
        try DurableFile.makeDirectory(directory, name: directory)
        for folder in [layout.segments, layout.blobs, layout.torn] {
            try DurableFile.makeDirectory(folder, name: folder)
        }
        let lock = try LedgerLock(layout)
        try layout.removeUnfinished()
        let signing = try LedgerSigning(identity, layout: layout, files: options.files)
        let workshop = SegmentWorkshop(layout: layout, options: options)
        var recovery = LedgerRecovery(layout: layout, origin: identity.origin, options: options, workshop: workshop)
        let (place, report) = try recovery.run()
        isRotating = try KeyRotation.isLast(of: report.records, identity, layout, options.files)
        // With the old key nothing may follow the record that hands over to the new one.
        guard finishesRotation || !isRotating else { throw LedgerError(.unsigned(.rotationUnfinished)) }
        let writer = LedgerWriter(at: place, layout: layout, options: options, workshop: workshop)
        let end = LedgerEnd(writer)
        self.recovery = report
        self.end = end
        self.workshop = workshop
        self.now = now
        signer = signing.signer
        syncer = LedgerSyncer(writer: end, layout: layout, options: options)
        try syncer.begin()
        integrator = try LedgerIntegrator(
            signing: signing,
            end: end,
            syncer: syncer,
            layout: layout,
            options: options,
            publisher: publisher,
            now: now
        )
        keeper = LedgerKeeper(end: end, layout: layout, options: options, now: now)
        blobs = Mutex(BlobStore(layout: layout, files: options.files))
        self.identity = identity
        self.layout = layout
        files = options.files
        try start(lock)
    }

    deinit {
        close()
    }

    private func start(_ lock: LedgerLock) throws(LedgerError) {
        // The threads hold the parts, not the ledger: so it can go, and take them with it.
        let (syncer, keeper, workshop, integrator) = (syncer, keeper, workshop, integrator)
        do throws(LedgerError) {
            let threads = [
                try LedgerThread("ledger-sync") { syncer.run() },
                try LedgerThread("ledger-tree") { integrator.run() },
                try LedgerThread("ledger-keep") { keeper.run() },
                try LedgerThread("ledger-segments") { workshop.run() },
            ]
            running.withLock { $0 = Running(lock: lock, threads: threads) }
        } catch {
            stopThreads()
            throw error
        }
    }

    // MARK: - Records

    /// Sequences one record and gives it to the kernel before it returns: from then on it survives the end of this
    /// process. From any thread; it does not wait for the disk.
    ///
    /// Throws `.full` for commands and sessions while there is too little room, `.tooLong`, `.failed`, `.closed`. What
    /// was refused is not in the ledger.
    package func append(_ draft: RecordDraft) throws(LedgerError) -> RecordReference {
        try end.append(draft, at: now(), mayWait: false)
    }

    /// Gives a record its place without writing it: whoever acts on it must call `write`, or wait with `whenDurable`,
    /// first. What came between is written with it, in one system call.
    package func sequence(_ draft: RecordDraft) throws(LedgerError) -> RecordReference {
        let reference = try end.append(draft, at: now(), mayWait: true)
        keeper.outcomeWaits()
        return reference
    }

    /// Gives every sequenced record to the kernel before it returns. Throws where one could not be: none of those that
    /// are not written may be acted on.
    package func write() throws(LedgerError) {
        try end.flush()
    }

    /// As `append`, but the record may stay in memory until the next write or for ten milliseconds: one system call
    /// less a statement. It is in order all the same, and taken from the reserve while commands are refused.
    package func appendOutcome(_ draft: RecordDraft) throws(LedgerError) -> RecordReference {
        let reference = try end.append(draft, at: now(), mayWait: true)
        keeper.outcomeWaits()
        return reference
    }

    /// Calls back, on the ledger's own thread, when every record up to and including `index` is on disk, or can no
    /// longer come there. One fdatasync serves all who wait. The body must not block.
    package func whenDurable(_ index: UInt64, _ body: @escaping @Sendable (Result<Void, LedgerError>) -> Void) {
        syncer.whenDurable(index, body)
    }

    /// Keeps bytes that are too long for a record; on disk when it returns. Returns their SHA-256 in hexadecimal.
    /// It waits for the disk: not for an event loop. Throws `.full` and `.failed`.
    package func storeBlob(_ bytes: UnsafeRawBufferPointer) throws(LedgerError) -> String {
        switch end.state {
        case .accepting: return try blobs.withLock { blobs throws(LedgerError) in try blobs.store(bytes) }
        case .full: throw LedgerError(.full)
        case .failed, .closed: throw end.failure ?? LedgerError(.closed)
        }
    }

    package func storeBlob(_ bytes: [UInt8]) throws(LedgerError) -> String {
        // `withUnsafeBytes` does not carry a typed error.
        let stored: Result<String, LedgerError> = bytes.withUnsafeBytes { raw in
            do throws(LedgerError) { return .success(try storeBlob(raw)) } catch { return .failure(error) }
        }
        return try stored.get()
    }

    // MARK: - Checkpoints

    /// Publishes a checkpoint over everything that is appended by now, and waits for it: seconds where witnesses are asked.
    /// Checkpoints come by themselves; this is for whoever must have one.
    package func publishCheckpoint() throws(LedgerError) {
        let answer = Answer<Result<Void, LedgerError>>()
        integrator.publish { answer.give($0) }
        guard let result = answer.wait(atMost: .seconds(600)) else { throw LedgerError(.failed(ETIMEDOUT)) }
        try result.get()
    }

    package var checkpointStatus: CheckpointStatus { integrator.status }

    // MARK: - State

    package var state: LedgerState { end.state }

    package var counters: LedgerCounters {
        var counters = syncer.counters
        let written = end.counters
        counters.records = written.records
        counters.bytes = written.bytes
        counters.refused = written.refused
        counters.writes = written.writes
        counters.size = written.size
        return counters
    }

    /// Writes and syncs what was accepted, answers all who wait, and gives the ledger back. Later calls do nothing.
    package func close() {
        guard let started = running.withLock({ $0.take() }) else { return }
        end.close()
        // The last checkpoint covers everything; the others serve it until it is published.
        integrator.stop()
        for thread in started.threads.reversed() where thread.name == "ledger-tree" { thread.join() }
        stopThreads()
        for thread in started.threads where thread.name != "ledger-tree" { thread.join() }
        end.fail(LedgerError(.closed))
        // The lock goes last, with `started`: whoever opens the ledger next finds it complete.
        withExtendedLifetime(started.lock) {}
    }

    private func stopThreads() {
        integrator.stop()
        workshop.stop()
        keeper.stop()
        syncer.stop()
    }
}
