internal import AccessModel
internal import AuditLog
internal import Foundation
internal import GatewayKit
internal import Logging
internal import PolicyEngine
internal import Synchronization
internal import TransparencyLog
internal import Witnessing

/// The witnesses of this gateway's ledger: asked for each checkpoint, watched, and missed where they do not answer.
final class LedgerWitnesses: Sendable {
    let collector: CosignatureCollector
    let watch: WitnessWatch
    private let caller: WitnessCaller
    private let timeout: Duration
    private let file: WitnessedFile
    private let logger: Logger
    private let ledger = Mutex<Ledger?>(nil)
    private let conflicts = Mutex<[String: WitnessFailure]>([:])
    private let failures = Mutex<[String: String]>([:])

    /// Nil where no witness is configured. Throws one line with what is wrong.
    init?(_ ledger: LedgerConfiguration, resolver: ConfigurationResolver, data: String, logger: Logger)
        throws
    {
        let configuration = ledger.witnessing
        guard !configuration.witnesses.isEmpty else { return nil }
        let (witnesses, policy) = try resolver.witnesses(configuration)
        let caller = WitnessCaller(
            authorities: Dictionary(
                configuration.witnesses.compactMap { witness in witness.ca.map { (witness.name, resolver.resolve($0)) }
                },
                uniquingKeysWith: { first, _ in first }
            ),
            timeout: configuration.timeout
        )
        let ports = WitnessPorts(
            post: { try await caller.post($0, $1) },
            now: SystemClock.now,
            uptime: SteadyClock.now
        )
        let file = WitnessedFile(path: "\(data)/witnessed")
        let last = file.read(policy, origin: ledger.origin, now: SystemClock.now())
        let limit: Duration? = if case .refuseChanges(let after) = configuration.whenUnreachable { after } else { nil }
        collector = CosignatureCollector(
            witnesses: witnesses,
            policy: policy,
            timeout: configuration.timeout,
            ports: ports
        )
        watch = WitnessWatch(refuseAfter: limit, witnessed: last?.size ?? 0, age: last?.age, uptime: SteadyClock.now)
        self.caller = caller
        timeout = configuration.timeout
        self.file = file
        self.logger = logger
    }

    /// The ledger whose state is told of in its own records.
    func attach(_ ledger: Ledger) {
        self.ledger.withLock { $0 = ledger }
    }

    func shutdown() async {
        await caller.shutdown()
    }

    // MARK: Asking

    /// What the ledger calls between signing and publishing. It waits a little longer than a round can take.
    var publisher: CheckpointPublisher {
        CheckpointPublisher(
            cosign: { [self] note, checkpoint, prover in await cosign(note, checkpoint, prover) },
            patience: timeout + .seconds(2)
        )
    }

    private func cosign(
        _ note: SignedNote,
        _ checkpoint: Checkpoint,
        _ prover: @escaping CosignatureCollector.Prover
    ) async -> [NoteSignature] {
        let round = await collector.collect(note, checkpoint, prover: prover)
        for (name, failure) in round.failures.sorted(by: { $0.key < $1.key }) { tell(name, failure, checkpoint) }
        let answered = collector.witnesses.map(\.name).filter { round.failures[$0] == nil }
        failures.withLock { failures in for name in answered { failures[name] = nil } }
        conflicts.withLock { conflicts in for name in answered { conflicts[name] = nil } }
        if round.isQuorum { keep(note, round, checkpoint) }
        return round.signatures
    }

    private func keep(_ note: SignedNote, _ round: CosignatureRound, _ checkpoint: Checkpoint) {
        var note = note
        do {
            for signature in round.signatures { try note.add(signature) }
            try file.write(note)
        } catch {
            logger.error("the witnessed checkpoint could not be kept", metadata: ["cause": "\(error)"])
        }
        let size = currentSize ?? checkpoint.size
        changed(watch.witnessed(checkpoint.size, ledgerSize: size))
    }

    /// A failure is logged when it begins, and a conflict is recorded.
    private func tell(_ name: String, _ failure: WitnessFailure, _ checkpoint: Checkpoint) {
        guard failure != .resting else { return }
        let isNew = failures.withLock { $0.updateValue(failure.label, forKey: name) != failure.label }
        guard isNew else { return }
        let metadata: Logger.Metadata = ["witness": "\(name)", "cause": "\(failure)", "size": "\(checkpoint.size)"]
        guard failure.isConflict else {
            return logger.warning("a witness did not cosign", metadata: metadata)
        }
        logger.critical("a witness has seen another history of this ledger", metadata: metadata)
        conflicts.withLock { $0[name] = failure }
        record(.witnessConflict, WitnessRecords.conflict(name, failure, checkpoint))
    }

    // MARK: Watching

    /// About once a second.
    func look() {
        guard let size = currentSize else { return }
        changed(watch.looked(ledgerSize: size))
    }

    private var currentSize: UInt64? { ledger.withLock { $0 }?.counters.size }

    private func changed(_ change: WitnessWatch.Change?) {
        guard let change else { return }
        let reading = watch.reading
        switch change {
        case .lost:
            logger.error(
                "the ledger has no quorum of witnesses",
                metadata: [
                    "witnessed": "\(reading.witnessed)", "failing": "\(failing.keys.sorted().joined(separator: " "))",
                ]
            )
            record(.witnessesLost, WitnessRecords.standing(reading, failing: failing))
        case .restored:
            logger.notice("the ledger has a quorum of witnesses again", metadata: ["witnessed": "\(reading.witnessed)"])
            record(.witnessesRestored, WitnessRecords.standing(reading, failing: failing))
        }
    }

    /// Those that did not cosign the last time they were asked, and why, by label.
    var failing: [String: String] { failures.withLock { $0 } }

    /// Those that know another history.
    var conflicting: [String: WitnessFailure] { conflicts.withLock { $0 } }

    private func record(_ kind: RecordKind, _ body: [UInt8]) {
        guard let ledger = ledger.withLock({ $0 }) else { return }
        do {
            _ = try ledger.appendOutcome(RecordDraft(kind: kind, session: nil, body: body))
        } catch {
            logger.error("the state of the witnesses could not be recorded", metadata: ["cause": "\(error)"])
        }
    }

    // MARK: What others ask

    /// For `GatewayPorts.changeRefusal`.
    var changeRefusal: RecordRefusal? {
        watch.refusesChanges ? RecordRefusal(cause: "no quorum of witnesses") : nil
    }
}
