import Testing
import TransparencyLog

@Suite("Ways to lie with a proof")
struct LieTests {
    @Test("Each lie is found, in the words that say what it is", arguments: Lie.all)
    func finds(lie: Lie) throws {
        let edited = try #require(lie.edited, "what is replaced does not stand in the file exactly once")
        #expect(LieTests.verdict(lie.file, edited) == lie.expected)
    }

    @Test("There are lies of every kind, and what is no lie is accepted")
    func exist() {
        #expect(Lie.all.count > 55)
        for file in ["checkpoint.txt", "leaf5.tlog-proof.txt"] {
            #expect(LieTests.verdict(file, Array(VectorFile.text(file).utf8)) == "accepted")
        }
    }

    @Test("No proof with a bit of any byte changed is accepted", arguments: ["checkpoint.txt", "leaf5.tlog-proof.txt"])
    func bits(file: String) throws {
        let bytes = Array(VectorFile.text(file).utf8)
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1 << (position % 7)
            // A changed name or id makes the signature one of a key that nobody knows.
            #expect(LieTests.verdict(file, changed) != "accepted", "byte \(position)")
        }
    }

    @Test("No proof that is cut anywhere is accepted", arguments: ["checkpoint.txt", "leaf5.tlog-proof.txt"])
    func cuts(file: String) {
        let bytes = Array(VectorFile.text(file).utf8)
        for count in bytes.indices { #expect(LieTests.verdict(file, Array(bytes.prefix(count))) != "accepted") }
    }

    private static func verdict(_ file: String, _ bytes: [UInt8]) -> String {
        do {
            let policy = try WitnessPolicy(Array(VectorFile.text("policy.txt").utf8))
            if file == "checkpoint.txt" {
                _ = try policy.open(bytes)
            } else {
                let proof = try TlogProof(bytes)
                _ = try proof.verify(leaf: .leaf(TreeVectors.all.leaves[5]), policy: policy)
            }
            return "accepted"
        } catch {
            return "\(error)"
        }
    }
}
