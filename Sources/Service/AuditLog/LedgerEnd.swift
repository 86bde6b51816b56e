import AccessModel
import Synchronization
import TransparencyLog

/// The ledger's end, shared by those who append and the ledger's threads: the one mutex of the hot path.
final class LedgerEnd: Sendable {
    private let writer: Mutex<LedgerWriter>
    /// Set by the keeper: free bytes on the disk are below the bound.
    let isDiskLow = Atomic<Bool>(false)
    /// Set when a session ends, for whoever publishes checkpoints.
    let hasEndedSession = Atomic<Bool>(false)

    init(_ writer: LedgerWriter) {
        self.writer = Mutex(writer)
    }

    func append(_ draft: RecordDraft, at moment: Timestamp, mayWait: Bool) throws(LedgerError) -> RecordReference {
        let isDiskLow = isDiskLow.load(ordering: .relaxed)
        if draft.kind == .sessionClosed { hasEndedSession.store(true, ordering: .releasing) }
        return try writer.withLock { writer throws(LedgerError) in
            // Only what starts new work is refused: what ends work that runs has the reserve.
            if isNewWork(draft.kind), isDiskLow || !writer.hasRoomForNewWork() {
                if let failure = writer.failure { throw failure }
                writer.countRefusal()
                throw LedgerError(.full)
            }
            return try writer.append(draft, at: moment, mayWait: mayWait)
        }
    }

    var hasPending: Bool { writer.withLock { $0.hasPending } }

    func flush() throws(LedgerError) {
        try writer.withLock { writer throws(LedgerError) in try writer.flush() }
    }

    /// Writes what waits, and tells how many records there are.
    func flushedSize() throws(LedgerError) -> UInt64 {
        try writer.withLock { writer throws(LedgerError) in
            try writer.flush()
            return writer.nextIndex
        }
    }

    func takeLeaves() -> (first: UInt64, hashes: [MerkleHash]) {
        writer.withLock { $0.takeLeaves() }
    }

    func batch() throws(LedgerError) -> LedgerWriter.Batch {
        try writer.withLock { writer throws(LedgerError) in
            try writer.batch()
        }
    }

    /// Nothing is accepted from here on. The first reason stays.
    func fail(_ error: LedgerError) {
        writer.withLock { $0.refuse(with: error) }
    }

    /// Nothing new is accepted; what was accepted is still written and synced.
    func close() {
        writer.withLock { $0.close() }
    }

    var failure: LedgerError? { writer.withLock { $0.failure } }

    var state: LedgerState {
        let isDiskLow = isDiskLow.load(ordering: .relaxed)
        return writer.withLock { writer in
            if let failure = writer.failure { return failure.code == .closed ? .closed : .failed }
            if writer.isClosed { return .closed }
            return isDiskLow || writer.isInReserve ? .full : .accepting
        }
    }

    var counters: LedgerCounters {
        writer.withLock { writer in
            var counters = writer.counters
            counters.size = writer.nextIndex
            return counters
        }
    }

    private func isNewWork(_ kind: RecordKind) -> Bool {
        switch kind {
        case .command, .sessionOpened: true
        case .approvalDecided, .approvalEscalated, .approvalRequested, .authenticationRefused, .blobErased,
            .evidenceTaken,
            .gatewayStarted, .gatewayStopped, .heartbeat, .keyRotated, .outcome, .personLinkMade, .personRefused,
            .personSignedIn, .personSignedOut, .policyLoaded, .sessionClosed, .sessionKilled, .witnessConflict,
            .witnessesLost, .witnessesRestored:
            false
        }
    }
}
