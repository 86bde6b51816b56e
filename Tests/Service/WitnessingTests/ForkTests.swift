import Testing
import TransparencyLog

@testable import Witnessing

@Suite("A witness that is fed two histories")
struct ForkTests {
    private let honest: TestLog
    private let forked: TestLog

    init() throws {
        honest = try TestLog(count: 20)
        forked = try TestLog(count: 20, history: "b", forkedAt: 8)
    }

    @Test(
        "keeps both checkpoints of one size with two roots, whichever size the log claims to extend",
        arguments: [0, 8, 12]
    )
    func sameSize(old: Int) async throws {
        let witness = try TestWitness()
        try await witness.cosign(honest, 12)
        let answer = await witness.answer(try forked.request(from: old, to: 12))
        #expect(answer.status == (old == 12 ? 422 : 409))
        let evidence = try #require(await witness.store.kept.first)
        #expect(evidence.kind == .fork)
        try expectConviction(evidence, size: 12)
        #expect(witness.notices.all.contains(.evidence(.fork, origin: TestLog.name, size: 12)))
    }

    @Test("keeps a checkpoint that contradicts an earlier one than the last")
    func earlierSize() async throws {
        let witness = try TestWitness()
        try await witness.cosign(honest, 10, 15, 20)
        #expect(await witness.answer(try forked.request(from: 8, to: 15)) == .conflict(size: 20))
        let evidence = try #require(await witness.store.kept.first)
        #expect(evidence.kind == .fork)
        try expectConviction(evidence, size: 15)
    }

    @Test("keeps a larger checkpoint without a proof apart: it convicts nobody by itself")
    func larger() async throws {
        let witness = try TestWitness()
        try await witness.cosign(honest, 12)
        #expect(await witness.answer(try forked.request(from: 12, to: 20)).status == 422)
        #expect(await witness.store.kept.map(\.kind) == [.unproven])
        #expect(await witness.answer(try honest.request(from: 12, to: 16)).status == 200)
        #expect(await witness.store.kept.map(\.kind) == [.unproven])
    }

    @Test("convicts by a checkpoint that came without proof once it cosigns another of that size")
    func laterConviction() async throws {
        let witness = try TestWitness()
        try await witness.cosign(honest, 12)
        #expect(await witness.answer(try forked.request(from: 12, to: 20)).status == 422)
        #expect(await witness.answer(try honest.request(from: 12, to: 20)).status == 200)
        let evidence = try #require(await witness.store.kept.first)
        #expect(evidence.kind == .fork)
        try expectConviction(evidence, size: 20)
        #expect(witness.notices.all.contains(.evidence(.fork, origin: TestLog.name, size: 20)))
    }

    @Test("drops an honest checkpoint that a stranger had sent with a wrong proof")
    func strangersProof() async throws {
        let witness = try TestWitness()
        try await witness.cosign(honest, 12)
        let wrong = AddCheckpointRequest(oldSize: 12, proof: [.emptyRoot], note: try honest.note(20))
        #expect(await witness.answer(wrong).status == 422)
        #expect(await witness.answer(try honest.request(from: 12, to: 20)).status == 200)
        #expect(await witness.store.kept.isEmpty)
    }

    @Test("never signs the second history, in whatever order it is fed")
    func neverBoth() async throws {
        for split in 9...20 {
            let witness = try TestWitness()
            try await witness.cosign(honest, split)
            for new in split...20 {
                for old in [0, 8, split] where old <= new {
                    #expect(await witness.answer(try forked.request(from: old, to: new)).status != 200)
                }
            }
            #expect(await witness.store.head(of: TestLog.name)?.root == honest.checkpoint(split).root)
        }
    }

    @Test("keeps one piece of evidence for a checkpoint, however often it is sent")
    func once() async throws {
        let witness = try TestWitness()
        try await witness.cosign(honest, 12)
        for _ in 0..<5 { _ = await witness.answer(try forked.request(from: 0, to: 12)) }
        #expect(await witness.store.kept.count == 1)
    }

    /// Somebody with the log's key alone sees it.
    private func expectConviction(_ evidence: ForkEvidence, size: UInt64) throws {
        let key = honest.signer.key
        let one = try SignedCheckpoint(evidence.cosigned, logs: [key]).checkpoint
        let two = try SignedCheckpoint(evidence.refused, logs: [key]).checkpoint
        #expect(one.size == size && two.size == size && one.root != two.root)
    }
}
