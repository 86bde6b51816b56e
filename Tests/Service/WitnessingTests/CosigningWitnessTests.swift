import AccessModel
import Testing
import TransparencyLog

@testable import Witnessing

@Suite("A witness")
struct CosigningWitnessTests {
    @Test("cosigns the checkpoint of the published example exactly as it is there")
    func example() async throws {
        let inputs = [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
        ]
        let leaves = inputs.map { MerkleHash.leaf(bytes(hex: $0)) }
        let log = try TestLog(leaves, name: "countersign.example/log1")
        let signer = try NoteSigner(name: log.signer.key.name, algorithm: .ed25519, seed: Array(0x00...0x1F))
        let note = try log.checkpoint(8).signed(by: signer)
        let witness = try CosigningWitness(
            signer: NoteSigner(name: "witness.example/w1", algorithm: .cosignature, seed: Array(0x20...0x3F)),
            logs: TrustedLogs([signer.key]),
            store: MemoryStore(),
            now: { Timestamp(microseconds: 1_700_000_000_000_000) },
            notice: { _ in }
        )
        let answer = await witness.answer(Array("old 0\n\n".utf8) + note.bytes)
        let line = """
            — witness.example/w1 IDJKvgAAAABlU/EAXm18JL1NrRlCcmliLMLWDFROR76sWMKuMpY6bQ1oVo9L0VgM+71+pYtg59GeS+hrmHWFCIAaLuPsfDtaCZpIAw==

            """
        #expect(String(decoding: answer.body, as: UTF8.self) == line)
        #expect(answer.status == 200)
    }

    private func bytes(hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }

    @Test("cosigns every extension of what it cosigned, from every size to every size")
    func extensions() async throws {
        let log = try TestLog(count: 24)
        for old in 0...24 {
            for new in old...24 {
                let witness = try TestWitness()
                if old > 0 { try await witness.cosign(log, old) }
                let answer = await witness.answer(try log.request(from: old, to: new))
                guard case .cosigned(let signature) = answer else {
                    Issue.record("\(old) to \(new): \(answer)")
                    continue
                }
                var note = try log.note(new)
                try note.add(signature)
                #expect(try note.signatures(by: [witness.witness.key]).first?.time == TestWitness.time)
            }
        }
    }

    @Test("answers 404 to a log that it does not know, whatever else is wrong")
    func unknownOrigin() async throws {
        let stranger = try TestLog(count: 5, name: "log.example/two")
        #expect(try await TestWitness().witness.answer(stranger.request(from: 0, to: 5).bytes) == .unknownOrigin)
        var wrong = try stranger.request(from: 0, to: 5)
        wrong.oldSize = 9
        #expect(try await TestWitness().witness.answer(wrong.bytes).status == 404)
    }

    @Test("knows a log by the bytes of its name, and not by what they look like")
    func spelling() async throws {
        let (composed, decomposed) = ("log.example/\u{E9}", "log.example/e\u{301}")
        let log = try TestLog(count: 5, name: composed)
        let witness = try TestWitness(logs: [log.signer.key])
        #expect(await witness.answer(try log.request(from: 0, to: 5)).status == 200)
        let other = try TestLog(count: 5, name: decomposed)
        #expect(await witness.answer(try other.request(from: 0, to: 5)) == .unknownOrigin)
    }

    @Test("keeps little of a note: one signature of each of the log's keys, and no text of any length")
    func small() async throws {
        let log = try TestLog(count: 5)
        var request = try log.request(from: 0, to: 5)
        for _ in 0..<50 { try request.note.add(request.note.signatures[0]) }
        let witness = try TestWitness()
        #expect(await witness.answer(request).status == 200)
        #expect(await witness.store.head(of: TestLog.name)?.note == (try log.note(5).bytes))
        var long = log.checkpoint(5)
        long.extensions = [String(repeating: "x", count: 9000)]
        let refused = AddCheckpointRequest(oldSize: 5, proof: [], note: try long.signed(by: log.signer))
        #expect(await witness.answer(refused).status == 400)
    }

    @Test("answers 403 where the log's key did not sign, and where a signature under its name and id is wrong")
    func untrusted() async throws {
        let witness = try TestWitness()
        let log = try TestLog(count: 5)
        let other = try TestLog(count: 5, seed: 2)
        #expect(await witness.answer(try other.request(from: 0, to: 5)).status == 403)
        var forged = try log.request(from: 0, to: 5)
        forged.note = try SignedNote(text: log.checkpoint(4).text, signatures: log.note(5).signatures)
        #expect(await witness.answer(forged).status == 403)
        #expect(await witness.store.kept.isEmpty)
        #expect(await witness.store.head(of: TestLog.name) == nil)
    }

    @Test("passes over the signatures of keys that it does not know, its own log's old key and other witnesses")
    func otherSignatures() async throws {
        let log = try TestLog(count: 5)
        var request = try log.request(from: 0, to: 5)
        try request.note.add(try TestLog(count: 5, seed: 2).note(5).signatures[0])
        try request.note.add(
            try TestWitness.signer("witness.example/w2", seed: 4).signature(of: request.note.text, time: 5)
        )
        try request.note.add(NoteSignature(name: "post.quantum", keyID: 7, bytes: [UInt8](repeating: 1, count: 2428)))
        let witness = try TestWitness()
        #expect(await witness.answer(request).status == 200)
        #expect(await witness.store.head(of: TestLog.name)?.note == (try log.note(5).bytes))
    }

    @Test("knows a log under each of its keys while the key changes")
    func twoKeys() async throws {
        let (old, new) = (try TestLog(count: 9), try TestLog(count: 9, seed: 2))
        let witness = try TestWitness(logs: [old.signer.key, new.signer.key])
        #expect(await witness.answer(try old.request(from: 0, to: 4)).status == 200)
        #expect(await witness.answer(try new.request(from: 4, to: 9)).status == 200)
    }

    @Test("answers 400 to an old size above the checkpoint's")
    func oldAboveNew() async throws {
        var request = try TestLog(count: 5).request(from: 5, to: 5)
        request.oldSize = 6
        #expect(try await TestWitness().witness.answer(request.bytes).status == 400)
    }

    @Test("answers 409 with its size where the log thinks it is at another", arguments: [0, 3, 5, 7])
    func conflict(old: Int) async throws {
        let log = try TestLog(count: 9)
        let witness = try TestWitness()
        try await witness.cosign(log, 4)
        let answer = await witness.answer(try log.request(from: old, to: 9))
        #expect(answer == .conflict(size: 4))
        #expect(answer.status == 409)
        #expect(answer.contentType == "text/x.tlog.size")
        #expect(answer.body == Array("4\n".utf8))
    }

    @Test("answers 409 with 0 to whoever thinks that it knows a log that it never saw")
    func neverSeen() async throws {
        let answer = await (try TestWitness()).answer(try TestLog(count: 9).request(from: 4, to: 9))
        #expect(answer == .conflict(size: 0))
    }

    @Test("answers 409 to a checkpoint that is older than what it cosigned")
    func replayed() async throws {
        let log = try TestLog(count: 9)
        let witness = try TestWitness()
        try await witness.cosign(log, 4, 9)
        #expect(await witness.answer(try log.request(from: 0, to: 4)) == .conflict(size: 9))
        #expect(await witness.answer(try log.request(from: 4, to: 4)) == .conflict(size: 9))
        #expect(await witness.store.kept.isEmpty)
    }

    @Test("answers 422 to a proof that is wrong in any way")
    func wrongProof() async throws {
        let log = try TestLog(count: 13)
        var proofs: [[MerkleHash]] = [[], log.proof(4, 13), log.proof(6, 12), log.proof(6, 13).reversed()]
        proofs.append(Array(log.proof(6, 13).dropLast()))
        proofs.append(log.proof(6, 13) + [.emptyRoot])
        for position in log.proof(6, 13).indices {
            var proof = log.proof(6, 13)
            proof[position] = .leaf(Array("another".utf8))
            proofs.append(proof)
        }
        for proof in proofs {
            let witness = try TestWitness()
            try await witness.cosign(log, 6)
            let request = AddCheckpointRequest(oldSize: 6, proof: proof, note: try log.note(13))
            #expect(await witness.answer(request).status == 422)
            #expect(await witness.store.head(of: TestLog.name)?.size == 6)
        }
    }

    @Test("answers 422 to a proof from nothing")
    func proofFromNothing() async throws {
        let log = try TestLog(count: 8)
        let request = AddCheckpointRequest(oldSize: 0, proof: [.emptyRoot], note: try log.note(8))
        #expect(try await TestWitness().witness.answer(request.bytes).status == 422)
    }

    @Test("cosigns an empty log with its one root, and answers 422 to another")
    func emptyLog() async throws {
        let log = try TestLog(count: 3)
        let witness = try TestWitness()
        #expect(await witness.answer(try log.request(from: 0, to: 0)).status == 200)
        #expect(await witness.answer(try log.request(from: 0, to: 3)).status == 200)
        let text = Array("\(TestLog.name)\n0\n\(log.checkpoint(3).root.base64)\n".utf8)
        let note = try SignedNote(text: text, signatures: [try log.signer.signature(of: text)])
        let request = AddCheckpointRequest(oldSize: 0, proof: [], note: note)
        #expect(try await TestWitness().witness.answer(request.bytes).status == 422)
    }

    @Test("cosigns the same checkpoint again, for a log that lost the answer")
    func again() async throws {
        let log = try TestLog(count: 6)
        let witness = try TestWitness()
        try await witness.cosign(log, 6)
        #expect(await witness.answer(try log.request(from: 0, to: 6)) == .conflict(size: 6))
        #expect(await witness.answer(try log.request(from: 6, to: 6)).status == 200)
    }

    @Test("answers 503 and signs nothing where it cannot store what it would sign")
    func brokenStore() async throws {
        let witness = try TestWitness()
        await witness.store.breakDown()
        let answer = await witness.answer(try TestLog(count: 6).request(from: 0, to: 6))
        #expect(answer == .unavailable)
        #expect(answer.status == 503)
    }

    @Test("lets one of two histories win that arrive at once, and never signs the other")
    func race() async throws {
        let (one, two) = (try TestLog(count: 8), try TestLog(count: 8, history: "b", forkedAt: 4))
        let witness = try TestWitness()
        try await witness.cosign(one, 4)
        let second = try two.request(from: 4, to: 8)
        await witness.store.interrupt { _ = await witness.answer(second) }
        #expect(await witness.answer(try one.request(from: 4, to: 7)) == .conflict(size: 8))
        #expect(await witness.store.head(of: TestLog.name)?.root == two.checkpoint(8).root)
    }

    @Test("lets a log with a loop in it wait, and strangers use nothing of its allowance")
    func pace() async throws {
        let log = try TestLog(count: 9)
        let witness = try TestWitness(burst: 2)
        try await witness.cosign(log, 1, 2)
        #expect(await witness.answer(try log.request(from: 2, to: 3)) == .tooOften)
        for _ in 0..<9 { #expect(await witness.answer(try log.request(from: 2, to: 2)).status == 200) }
    }
}
