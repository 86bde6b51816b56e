import Testing
import TransparencyLog

@testable import Witnessing

@Suite("A request of the witness protocol")
struct AddCheckpointRequestTests {
    private static let request = Result { try TestLog(count: 13).request(from: 6, to: 13) }

    @Test("reads what it wrote")
    func roundTrip() throws {
        let request = try Self.request.get()
        #expect(try AddCheckpointRequest(request.bytes) == request)
    }

    @Test("is refused, cut at any byte")
    func truncated() throws {
        let bytes = try Self.request.get().bytes
        for end in bytes.indices {
            #expect(throws: WitnessProtocolError.self) { try AddCheckpointRequest(Array(bytes[..<end])) }
        }
    }

    @Test(
        "is refused where a line is not what the protocol writes",
        arguments: [
            "old 06\n", "old 6 \n", "old  6\n", "OLD 6\n", "old -6\n", "old +6\n", "old 6\r\n", "old\n", "6\n", "\n",
            "old 9223372036854775808\n", "old 18446744073709551616\n", "old 6\nnot base64\n\n",
            "old 6\nAAAA\n\n", "old 6\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkax=\n\n",
        ]
    )
    func malformed(head: String) throws {
        let request = try Self.request.get()
        let body = head.hasSuffix("\n\n") ? head : head + "\n"
        #expect(throws: WitnessProtocolError.self) { try AddCheckpointRequest(Array(body.utf8) + request.note.bytes) }
    }

    @Test("has at most 63 hashes, and at most 128 KiB")
    func bounds() throws {
        var request = try Self.request.get()
        request.proof = [MerkleHash](repeating: .emptyRoot, count: 63)
        #expect(try AddCheckpointRequest(request.bytes).proof.count == 63)
        request.proof.append(.emptyRoot)
        #expect(throws: WitnessProtocolError.proofTooLong) { try AddCheckpointRequest(request.bytes) }
        let long = [UInt8](repeating: 0x61, count: AddCheckpointRequest.longest + 1)
        #expect(throws: WitnessProtocolError.tooLong(bytes: long.count)) { try AddCheckpointRequest(long) }
    }

    @Test("changed in any one byte never makes the witness sign another checkpoint")
    func mutated() async throws {
        let log = try TestLog(count: 13)
        let bytes = try log.request(from: 6, to: 13).bytes
        let witness = try TestWitness()
        try await witness.cosign(log, 6)
        for position in bytes.indices {
            for change in [0x01, 0x20, 0x80] as [UInt8] {
                var changed = bytes
                changed[position] ^= change
                #expect(await witness.witness.answer(changed).status != 200, "byte \(position) ^ \(change)")
            }
        }
        #expect(await witness.store.head(of: TestLog.name)?.size == 6)
    }
}
