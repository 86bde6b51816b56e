import AccessModel
import Synchronization
import TransparencyLog

@testable import Witnessing

/// A witness of `log.example/one` with a clock that stands still.
struct TestWitness {
    static let time: UInt64 = 1_700_000_000

    let store = MemoryStore()
    let witness: CosigningWitness
    let notices = Notices()

    final class Notices: Sendable {
        private let list = Mutex<[WitnessNotice]>([])
        func add(_ notice: WitnessNotice) { list.withLock { $0.append(notice) } }
        var all: [WitnessNotice] { list.withLock { $0 } }
    }

    init(logs: [NoteVerifierKey]? = nil, burst: Int = 1000) throws {
        let known = try logs ?? [TestLog(count: 0).signer.key]
        witness = try CosigningWitness(
            signer: TestWitness.signer(),
            logs: TrustedLogs(known),
            store: store,
            pace: SubmissionPace(burst: burst, perSecond: 1),
            now: { Timestamp(microseconds: Int64(TestWitness.time) * 1_000_000) },
            notice: { [notices] in notices.add($0) }
        )
    }

    static func signer(_ name: String = "witness.example/w1", seed: UInt8 = 9) throws -> NoteSigner {
        try NoteSigner(name: name, algorithm: .cosignature, seed: [UInt8](repeating: seed, count: 32))
    }

    func answer(_ request: AddCheckpointRequest) async -> WitnessAnswer {
        await witness.answer(request.bytes)
    }

    /// Cosigns each of these sizes of a log, one after the other.
    func cosign(_ log: TestLog, _ sizes: Int...) async throws {
        var old = 0
        for size in sizes {
            let answer = await answer(try log.request(from: old, to: size))
            guard case .cosigned = answer else { throw Unexpected(answer: answer) }
            old = size
        }
    }

    struct Unexpected: Error { var answer: WitnessAnswer }
}
