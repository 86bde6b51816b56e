import AccessModel
package import TransparencyLog

/// Asks a ledger's witnesses to cosign its checkpoints: all at once, and no longer than a round may take.
package actor CosignatureCollector {
    /// Proves that the checkpoint's tree begins with that of a smaller size.
    package typealias Prover = @Sendable (_ oldSize: UInt64) async throws -> ConsistencyProof

    package nonisolated let witnesses: [LedgerWitness]
    package nonisolated let policy: WitnessPolicy
    private let timeout: Duration
    private let ports: WitnessPorts
    private var standings: [String: WitnessStanding] = [:]

    /// How long the others are waited for once there is a quorum.
    private static let grace = Duration.seconds(1)

    /// `witnesses` have names and keys that differ, `policy` says whose cosignatures are enough, `timeout` is that of a round.
    package init(witnesses: [LedgerWitness], policy: WitnessPolicy, timeout: Duration, ports: WitnessPorts) {
        self.witnesses = witnesses
        self.policy = policy
        self.timeout = timeout
        self.ports = ports
    }

    package var standing: [String: WitnessStanding] { standings }

    private enum Event: Sendable {
        case ended(LedgerWitness, WitnessExchange.Step)
        case timeIsUp
    }

    /// One round. The note is the log's own; what comes back has been verified. It never throws: who fails is told of in
    /// the round, and rests before he is asked again.
    package func collect(_ note: SignedNote, _ checkpoint: Checkpoint, prover: @escaping Prover) async
        -> CosignatureRound
    {
        var steps: [String: WitnessExchange.Step] = [:]
        var waiting = ask(&steps)
        await withTaskGroup(of: Event.self) { group in
            for witness in waiting {
                let known = standings[witness.name]?.knownSize ?? 0
                group.addTask { [ports] in
                    .ended(witness, await Self.converse(witness, note, checkpoint, known, ports, prover))
                }
            }
            group.addTask { [ports, timeout] in
                await ports.sleep(timeout)
                return .timeIsUp
            }
            var isHurried = false
            while !waiting.isEmpty, let event = await group.next() {
                guard case .ended(let witness, let step) = event else { break }
                steps[witness.name] = step
                waiting.removeAll { $0.name == witness.name }
                guard !isHurried, isQuorum(steps) else { continue }
                isHurried = true
                group.addTask { [ports] in
                    await ports.sleep(Self.grace)
                    return .timeIsUp
                }
            }
            group.cancelAll()
        }
        for witness in waiting { steps[witness.name] = .failed(.tooSlow) }
        return settle(steps, checkpoint)
    }

    /// Those who are asked now; the others get their answer here.
    private func ask(_ steps: inout [String: WitnessExchange.Step]) -> [LedgerWitness] {
        let uptime = ports.uptime()
        for witness in witnesses where standings[witness.name]?.rests(at: uptime) == true {
            steps[witness.name] = .failed(.resting)
        }
        return witnesses.filter { steps[$0.name] == nil }
    }

    private static func converse(
        _ witness: LedgerWitness,
        _ note: SignedNote,
        _ checkpoint: Checkpoint,
        _ known: UInt64,
        _ ports: WitnessPorts,
        _ prover: Prover
    ) async -> WitnessExchange.Step {
        let now = UInt64(clamping: ports.now().microseconds / 1_000_000)
        var exchange = WitnessExchange(with: witness.key, about: checkpoint, known: known, now: now)
        var step = exchange.begin()
        while case .ask(let oldSize) = step {
            guard let proof = try? await prover(oldSize), proof.oldSize == oldSize else { return .failed(.noProof) }
            let request = AddCheckpointRequest(oldSize: oldSize, proof: proof.hashes, note: note)
            do {
                step = exchange.answered(try await ports.post(witness, request.bytes))
            } catch {
                return .failed(.unreachable)
            }
        }
        return step
    }

    private func isQuorum(_ steps: [String: WitnessExchange.Step]) -> Bool {
        let cosigned = witnesses.filter {
            if case .cosigned = steps[$0.name] { true } else { false }
        }
        return policy.isMet(by: Set(cosigned.map(\.key)))
    }

    private func settle(_ steps: [String: WitnessExchange.Step], _ checkpoint: Checkpoint) -> CosignatureRound {
        var round = CosignatureRound(signatures: [], failures: [:], isQuorum: isQuorum(steps))
        let uptime = ports.uptime()
        for witness in witnesses {
            var standing = standings[witness.name] ?? WitnessStanding()
            switch steps[witness.name] {
            case .cosigned(let signature, let time):
                round.signatures.append(signature)
                standing.cosigned(size: checkpoint.size, time: time)
            case .failed(let failure):
                round.failures[witness.name] = failure
                if failure != .resting { standing.failed(failure, at: uptime) }
            case .ask, nil: continue
            }
            standings[witness.name] = standing
        }
        return round
    }
}
