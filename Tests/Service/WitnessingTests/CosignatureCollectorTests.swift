import AccessModel
import Synchronization
import Testing
import TransparencyLog

@testable import Witnessing

@Suite("Collecting cosignatures")
struct CosignatureCollectorTests {
    /// A network of witnesses, and its clock.
    private final class Network: Sendable {
        typealias Answer = @Sendable ([UInt8]) async throws -> WitnessReply

        let answers = Mutex<[String: Answer]>([:])
        let asked = Mutex<[String: Int]>([:])
        let uptime = Mutex<Duration>(.zero)
        let isTimeUp = Mutex(false)

        struct Down: Error {}

        func set(_ name: String, _ answer: @escaping Answer) { answers.withLock { $0[name] = answer } }

        var ports: WitnessPorts {
            WitnessPorts(
                post: { [self] witness, body in
                    asked.withLock { $0[witness.name, default: 0] += 1 }
                    guard let answer = answers.withLock({ $0[witness.name] }) else { throw Down() }
                    return try await answer(body)
                },
                now: { Timestamp(microseconds: Int64(TestWitness.time) * 1_000_000) },
                uptime: { [self] in uptime.withLock { $0 } },
                // The time of a round is over when the test says so.
                sleep: { [self] _ in
                    while !Task.isCancelled, !isTimeUp.withLock({ $0 }) { await Task.yield() }
                    // Whoever has answered by then is heard.
                    for _ in 0..<5000 where !Task.isCancelled { await Task.yield() }
                }
            )
        }
    }

    private let log: TestLog
    private let network = Network()
    private let names = ["a", "b", "c"]

    init() throws {
        log = try TestLog(count: 40)
    }

    private func signer(_ name: String) throws -> NoteSigner {
        try TestWitness.signer("witness.example/\(name)", seed: name.utf8.first ?? 0)
    }

    private func honest(_ name: String) throws -> CosigningWitness {
        try CosigningWitness(
            signer: signer(name),
            logs: TrustedLogs([log.signer.key]),
            store: MemoryStore(),
            now: { Timestamp(microseconds: Int64(TestWitness.time) * 1_000_000) },
            notice: { _ in }
        )
    }

    private func connect(_ name: String, _ witness: CosigningWitness) {
        network.set(name) { body in
            let answer = await witness.answer(body)
            return WitnessReply(status: answer.status, contentType: answer.contentType, body: answer.body)
        }
    }

    private func collector(quorum: Int) throws -> CosignatureCollector {
        let witnesses = try names.map {
            LedgerWitness(name: $0, key: try signer($0).key, url: "https://\($0).example/w/")
        }
        let lines = witnesses.map { "witness \($0.name) \($0.key)" } + ["group g \(quorum) a b c", "quorum g"]
        let policy = try WitnessPolicy(Array(lines.joined(separator: "\n").utf8))
        return CosignatureCollector(witnesses: witnesses, policy: policy, timeout: .seconds(5), ports: network.ports)
    }

    private func round(_ collector: CosignatureCollector, _ size: Int) async throws -> CosignatureRound {
        await collector.collect(try log.note(size), log.checkpoint(size)) { [log] old in
            ConsistencyProof(oldSize: old, newSize: UInt64(size), hashes: log.proof(Int(old), size))
        }
    }

    @Test("asks all, and publishes what verifies: the checkpoint opens with the policy")
    func all() async throws {
        for name in names { connect(name, try honest(name)) }
        let collector = try collector(quorum: 3)
        for size in [5, 9, 40] {
            let round = try await round(collector, size)
            #expect(round.isQuorum)
            #expect(round.failures.isEmpty)
            var note = try log.note(size)
            for signature in round.signatures { try note.add(signature) }
            let keys = try names.map { try signer($0).key }
            #expect(try note.signatures(by: keys).map(\.key) == keys)
        }
        // The size that a witness is at is known from the first answer on.
        #expect(network.asked.withLock { $0 } == ["a": 3, "b": 3, "c": 3])
        #expect(await collector.standing["a"]?.cosignedSize == 40)
    }

    @Test("catches up with a witness that was left at any size, with one question more")
    func behind() async throws {
        let witness = try honest("a")
        #expect(await witness.answer(try log.request(from: 0, to: 7).bytes).status == 200)
        connect("a", witness)
        let round = try await round(try collector(quorum: 1), 40)
        #expect(round.isQuorum)
        #expect(network.asked.withLock { $0["a"] } == 2)
    }

    @Test("has a quorum with those who answer, and lets the others rest")
    func oneDown() async throws {
        for name in ["a", "b"] { connect(name, try honest(name)) }
        let collector = try collector(quorum: 2)
        #expect(try await round(collector, 5).failures == ["c": .unreachable])
        #expect(try await round(collector, 6).failures == ["c": .resting])
        #expect(network.asked.withLock { $0["c"] } == 1)
        connect("c", try honest("c"))
        network.uptime.withLock { $0 += .seconds(2) }
        let recovered = try await round(collector, 7)
        #expect(recovered.failures.isEmpty)
        #expect(await collector.standing["c"]?.failure == nil)
    }

    @Test("waits for nobody longer than a round may take")
    func slow() async throws {
        let (network, witness) = (network, try honest("a"))
        network.set("a") { body in
            let answer = await witness.answer(body)
            network.isTimeUp.withLock { $0 = true }
            return WitnessReply(status: answer.status, contentType: answer.contentType, body: answer.body)
        }
        for name in ["b", "c"] {
            network.set(name) { _ in
                while !Task.isCancelled { await Task.yield() }
                throw CancellationError()
            }
        }
        let round = try await round(try collector(quorum: 2), 5)
        #expect(!round.isQuorum)
        #expect(round.signatures.count == 1)
        #expect(round.failures == ["b": .tooSlow, "c": .tooSlow])
    }

    @Test("counts no lie, and keeps the others' cosignatures")
    func liars() async throws {
        connect("a", try honest("a"))
        let other = try signer("x")
        network.set("b") { body in
            let request = try AddCheckpointRequest(body)
            let line = try other.signature(of: request.note.text, time: TestWitness.time).line
            return WitnessReply(status: 200, contentType: nil, body: line)
        }
        network.set("c") { _ in WitnessReply(status: 200, contentType: nil, body: [UInt8](repeating: 7, count: 1 << 16))
        }
        let round = try await round(try collector(quorum: 2), 5)
        #expect(!round.isQuorum)
        #expect(round.signatures.map(\.name) == ["witness.example/a"])
        #expect(round.failures == ["b": .wrongSignature, "c": .garbage])
    }

    @Test("tells that a witness holds another history, whose size it learns")
    func conflict() async throws {
        let witness = try honest("a")
        let forked = try TestLog(count: 40, history: "b", forkedAt: 3)
        #expect(await witness.answer(try forked.request(from: 0, to: 9).bytes).status == 200)
        connect("a", witness)
        let longer = try await round(try collector(quorum: 1), 40)
        #expect(longer.failures["a"] == .contradicts(size: 9))
        let shorter = try await round(try collector(quorum: 1), 8)
        #expect(shorter.failures["a"] == .ahead(size: 9))
    }

    @Test("fails a witness for whom there is no proof, and asks it nothing")
    func noProof() async throws {
        connect("a", try honest("a"))
        struct NoTiles: Error {}
        let collector = try collector(quorum: 1)
        let round = await collector.collect(try log.note(5), log.checkpoint(5)) { _ in throw NoTiles() }
        #expect(round.failures["a"] == .noProof)
        #expect(network.asked.withLock { $0.isEmpty })
    }
}
