import Testing

@testable import Evidence
@testable import TransparencyLog

@Suite("A second implementation agrees")
struct SecondImplementationTests {
    @Test("Over 100,000 entries: tiles, checkpoint, cosignature, proofs and bundles, both ways")
    func agrees() throws {
        let log = try SampleLog.of(sessions: 14_286)
        #expect(log.edge.size > 100_000)
        let other = try SecondImplementation()
        defer { other.remove() }
        for (path, bytes) in log.files { try other.write(bytes, to: path) }
        let note = try log.checkpoint()
        try other.write(note, to: "checkpoint")
        let (folder, key) = (other.path(), log.signer.key.text)

        // Theirs of ours.
        let told = String(decoding: try other.run("log", folder, key, log.witness.key.text), as: UTF8.self)
        #expect(told.contains("\"size\": \(log.edge.size)"))
        #expect(told.contains(log.edge.root.hex))
        let bundle = try log.bundle(of: [0, 1] + Array(70_000..<70_040) + [100_001])
        let file = try other.write(try bundle.file(), to: "ours.countersign")
        #expect(String(decoding: try other.run("bundle", file, key), as: UTF8.self).contains("70039, 100001]"))
        let files = log.files
        var tree = TileTree(size: log.edge.size) { files[$0.text] }
        let consistency = try tree.consistencyProof(from: 65_536)
        let lines = consistency.hashes.map { "\($0.base64)\n" }.joined()
        let old = try other.write(try log.checkpoint(size: 65_536), to: "old")
        let proof = try other.write(Array(lines.utf8), to: "extends")
        #expect(try !other.run("extends", old, other.path("checkpoint"), proof, key).isEmpty)

        // Ours of theirs.
        for index in [0, 99_999] as [UInt64] {
            let proof = try TlogProof(try other.run("prove", folder, "\(index)"))
            #expect(
                proof == TlogProof(index: index, hashes: try tree.inclusionProof(of: index).hashes, checkpoint: note)
            )
            let leaf = MerkleHash.leaf(try tree.entry(at: index))
            _ = try proof.verify(leaf: leaf, policy: try log.policy(quorum: "W1"))
        }
        let hashes = try other.run("consistency", folder, "65536").split(separator: 0x0A).map { MerkleHash(base64: $0) }
        #expect(hashes == consistency.hashes)
        let theirs = other.path("theirs.countersign")
        _ = try other.run("make-bundle", folder, theirs, "5", "6", "7", "50000")
        let report = try EvidenceVerifier(policy: log.trusted).verify(try other.read("theirs.countersign"))
        #expect(report.bundle.records.map(\.index) == [5, 6, 7, 50_000])
        #expect(
            report.remarks.last
                == "README.txt and index.html are of another version and were not compared: do not rely on them"
        )

        // And where something is wrong, both say so.
        var changed = try #require(log.files["tile/entries/x001/000.p/1"] ?? log.files["tile/entries/300"])
        changed[changed.count - 2] ^= 1
        try other.write(changed, to: "tile/entries/300")
        #expect(throws: SecondImplementation.Refusal.self) { try other.run("log", folder, key) }
    }
}
