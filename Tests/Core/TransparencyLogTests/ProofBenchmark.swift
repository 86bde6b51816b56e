import Foundation
import Testing
import TransparencyLog

/// Measures instead of testing: `Benchmarks/proofs` sets `COUNTERSIGN_PROOF_ENTRIES` and prints what this prints.
@Suite("Proofs of a large log, measured")
struct ProofBenchmark {
    private static let entries = ProcessInfo.processInfo.environment["COUNTERSIGN_PROOF_ENTRIES"].flatMap { UInt64($0) }

    /// Seconds a turn, the best of five rounds.
    private static func time(_ turns: Int, _ body: (Int) throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<5 {
            let begin = ContinuousClock.now
            for turn in 0..<turns { try body(turn) }
            let (seconds, attoseconds) = (ContinuousClock.now - begin).components
            best = min(best, (Double(seconds) + Double(attoseconds) / 1e18) / Double(turns))
        }
        return best
    }

    private static func tell(_ what: String, _ seconds: Double, _ words: String = "") {
        print("\(what): \(String(format: "%.2f", seconds * 1e6)) us\(words.isEmpty ? "" : ", \(words)")")
    }

    @Test("Size of proofs, and the time to make and to verify them", .enabled(if: ProofBenchmark.entries != nil))
    func measures() throws {
        let count = try #require(ProofBenchmark.entries)
        var files: [TilePath: [UInt8]] = [:]
        var edge = TileEdge()
        let begin = ContinuousClock.now
        for index in 0..<count {
            withUnsafeBytes(of: index) { bytes in edge.append(.leaf(bytes)) { files[$0] = $1.bytes } }
        }
        for (path, tile) in edge.partials { files[path] = tile.bytes }
        let (seconds, attoseconds) = (ContinuousClock.now - begin).components
        let building = Double(seconds) + Double(attoseconds) / 1e18
        print(
            "\(count) entries: leaf hash, tree and tiles \(String(format: "%.2f", building / Double(count) * 1e6)) us an entry"
        )

        let (size, root) = (edge.size, edge.root)
        func index(_ turn: Int) -> UInt64 { UInt64(turn) &* 0x9E37_79B9_7F4A_7C15 % size }
        func leaf(_ index: UInt64) -> MerkleHash { withUnsafeBytes(of: index) { .leaf($0) } }
        let proofs = try (0..<1000).map { turn in
            var tree = TileTree(size: size) { files[$0] }
            return try tree.inclusionProof(of: index(turn))
        }
        let making = try ProofBenchmark.time(100) { turn in
            var tree = TileTree(size: size) { files[$0] }
            _ = try tree.inclusionProof(of: index(turn))
        }
        ProofBenchmark.tell("inclusion proof made from tiles", making)
        let note = try Checkpoint(origin: "log.example/a", size: size, root: root).signed(
            by: NoteSigner(name: "log.example/a", algorithm: .ed25519, seed: Array(repeating: 1, count: 32))
        )
        let bytes = proofs.map { TlogProof(index: $0.index, hashes: $0.hashes, checkpoint: note.bytes).bytes.count }
        let hashes = proofs.map(\.hashes.count).max() ?? 0
        let verifying = try ProofBenchmark.time(1000) { turn in
            try proofs[turn].verify(leaf: leaf(proofs[turn].index), root: root)
        }
        ProofBenchmark.tell(
            "inclusion proof verified",
            verifying,
            "\(hashes) hashes, tlog-proof \(bytes.max() ?? 0) bytes"
        )

        try measureMany("1000 entries in a row", (size / 3)..<(size / 3 + 1000), files, root, size, leaf)
        try measureMany("1000 entries apart", Set((0..<1000).map(index)).sorted(), files, root, size, leaf)

        var tree = TileTree(size: size) { files[$0] }
        let consistency = try tree.consistencyProof(from: size / 2 + 12_345)
        var old = TileTree(size: size / 2 + 12_345) { path in
            // The old tree's partial tiles are the beginnings of what they have grown to.
            let grown = TilePath(path.kind, index: path.index, size: size).flatMap { files[$0] }
            return grown.map { Array($0.prefix(path.width * MerkleHash.byteCount)) }
        }
        let oldRoot = try old.root()
        let extending = try ProofBenchmark.time(1000) { _ in try consistency.verify(oldRoot: oldRoot, newRoot: root) }
        ProofBenchmark.tell("consistency proof verified", extending, "\(consistency.hashes.count) hashes")
    }

    private func measureMany(
        _ what: String,
        _ indices: some Sequence<UInt64>,
        _ files: [TilePath: [UInt8]],
        _ root: MerkleHash,
        _ size: UInt64,
        _ leaf: (UInt64) -> MerkleHash
    ) throws {
        var tree = TileTree(size: size) { files[$0] }
        let proof = try tree.subsetProof(of: Array(indices))
        let leaves = indices.map { SubsetProof.Leaf(index: $0, hash: leaf($0)) }
        let seconds = try ProofBenchmark.time(1) { _ in try proof.verify(leaves: leaves, root: root) }
        ProofBenchmark.tell("\(what) verified", seconds, "\(proof.hashes.count) hashes")
    }
}
