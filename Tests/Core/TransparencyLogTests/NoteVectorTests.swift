import Testing
import TransparencyLog

@Suite("Notes, checkpoints and cosignatures of the specifications")
struct NoteVectorTests {
    @Test("The published note verifies with its published key")
    func published() throws {
        let key = try NoteVerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
        let note = try SignedNote(Array(VectorFile.text("note.txt").utf8))
        #expect(note.text == Array("This is an example message.\n".utf8))
        #expect(try note.signatures(by: [key]).map(\.key) == [key])
        #expect(note.bytes == Array(VectorFile.text("note.txt").utf8))
    }

    @Test("Signing with the vector's seeds gives the vector's checkpoint, byte for byte")
    func signs() throws {
        let log = try NoteSigner(name: "countersign.example/log1", algorithm: .ed25519, seed: Array(0..<32))
        let witness = try NoteSigner(name: "witness.example/w1", algorithm: .cosignature, seed: Array(32..<64))
        #expect(log.key.text == "countersign.example/log1+d365f244+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")
        #expect(witness.key.text == "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X")
        let root = try #require(MerkleHash(hex: TreeVectors.all.roots[8].root))
        var note = try Checkpoint(origin: "countersign.example/log1", size: 8, root: root).signed(by: log)
        try note.add(try witness.signature(of: note.text, time: 1_700_000_000))
        #expect(note.bytes == Array(VectorFile.text("checkpoint.txt").utf8))
        let opened = try SignedCheckpoint(note.bytes, logs: [log.key], witnesses: [witness.key])
        #expect(opened.checkpoint == Checkpoint(origin: "countersign.example/log1", size: 8, root: root))
        #expect(opened.cosignatures.map(\.key) == [witness.key])
        #expect(opened.cosignatures.map(\.time) == [1_700_000_000])
    }

    @Test("The vector's proof verifies against its policy")
    func proves() throws {
        let proof = try TlogProof(Array(VectorFile.text("leaf5.tlog-proof.txt").utf8))
        #expect(proof.bytes == Array(VectorFile.text("leaf5.tlog-proof.txt").utf8))
        let policy = try WitnessPolicy(Array(VectorFile.text("policy.txt").utf8))
        let signed = try proof.verify(leaf: .leaf(TreeVectors.all.leaves[5]), policy: policy)
        #expect(signed.checkpoint.size == 8)
        #expect(throws: VerificationError.proof(.wrongRoot)) {
            try proof.verify(leaf: .leaf(TreeVectors.all.leaves[4]), policy: policy)
        }
    }
}
