import Testing
import TransparencyLog

@testable import Witnessing

@Suite("A monitor")
struct CheckpointMonitorTests {
    private let log: TestLog
    private let policy: WitnessPolicy

    init() throws {
        log = try TestLog(count: 40)
        policy = WitnessPolicy(logs: [log.signer.key])
    }

    private func judge(
        _ monitor: inout CheckpointMonitor,
        _ log: TestLog,
        _ size: Int,
        prover: TestLog? = nil
    ) throws -> MonitorVerdict {
        monitor.judge(try monitor.open(try log.note(size).bytes)) { old in
            let proof = (prover ?? log).proof(Int(old), size)
            return ConsistencyProof(oldSize: old, newSize: UInt64(size), hashes: proof)
        }
    }

    @Test("follows a log that grows, and remembers where it is")
    func grows() throws {
        var monitor = try CheckpointMonitor(policy: policy, last: nil)
        #expect(try judge(&monitor, log, 7) == .first)
        #expect(try judge(&monitor, log, 7) == .same)
        #expect(try judge(&monitor, log, 30) == .grown(from: 7))
        var resumed = try CheckpointMonitor(policy: policy, last: monitor.last?.note.bytes)
        #expect(try judge(&resumed, log, 31) == .grown(from: 30))
    }

    @Test("tells a fork, an old copy and a history that does not extend the one it saw, and forgets none of it")
    func lies() throws {
        let forked = try TestLog(count: 40, history: "b", forkedAt: 5)
        var monitor = try CheckpointMonitor(policy: policy, last: try log.note(20).bytes)
        #expect(try judge(&monitor, forked, 20) == .forked)
        #expect(try judge(&monitor, log, 19) == .older(than: 20))
        for prover in [log, forked] {
            guard case .unproven(from: 20, _) = try judge(&monitor, forked, 30, prover: prover) else {
                Issue.record("a second history was taken")
                continue
            }
        }
        #expect(monitor.last?.checkpoint.size == 20)
        #expect(try judge(&monitor, log, 30) == .grown(from: 20))
    }

    @Test("takes nothing that the log did not sign, or that too few witnesses did")
    func unsigned() throws {
        let monitor = try CheckpointMonitor(policy: policy, last: nil)
        let stranger = try TestLog(count: 5, seed: 7)
        #expect(throws: VerificationError.self) { try monitor.open(try stranger.note(5).bytes) }
        #expect(throws: VerificationError.self) {
            try CheckpointMonitor(policy: policy, last: try stranger.note(5).bytes)
        }
        let signer = try TestWitness.signer()
        let text = "log \(log.signer.key)\nwitness w \(signer.key)\nquorum w\n"
        let strict = try CheckpointMonitor(policy: try WitnessPolicy(Array(text.utf8)), last: nil)
        var note = try log.note(5)
        #expect(throws: VerificationError.noQuorum(cosigned: 0, known: 1)) { try strict.open(note.bytes) }
        try note.add(try signer.signature(of: note.text, time: 5))
        #expect(try strict.open(note.bytes).checkpoint.size == 5)
    }
}
