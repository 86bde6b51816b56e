import Testing
import TransparencyLog

@Suite("The Merkle tree")
struct MerkleTests {
    private let vectors = TreeVectors.all

    @Test("Roots and nodes are those of RFC 6962")
    func roots() throws {
        #expect(vectors.leaves.count == 8)
        #expect(vectors.roots.count == 9)
        var frontier = MerkleFrontier()
        for (size, root) in vectors.roots {
            #expect(frontier.size == size)
            #expect(frontier.root.hex == root)
            if size < 8 { frontier.append(.leaf(vectors.leaves[Int(size)])) }
        }
        for (index, leaf) in vectors.leafHashes.enumerated() {
            #expect(vectors.nodes["0.\(index)"] == leaf)
            #expect(([0x00] + vectors.leaves[index]).withUnsafeBytes { MerkleHash.leaf(marked: $0) } == leaf)
        }
        for height in 1...2 {
            for index in 0..<(8 >> height) {
                let left = try #require(vectors.nodes["\(height - 1).\(2 * index)"])
                let right = try #require(vectors.nodes["\(height - 1).\(2 * index + 1)"])
                #expect(vectors.nodes["\(height).\(index)"] == .node(left, right))
            }
        }
    }

    @Test("Proofs built from tiles are those of the specification, and verify")
    func proofs() throws {
        var log = MemoryLog()
        for leaf in vectors.leaves { try log.append(leaf) }
        // No partial tile of an earlier size is there, as after the log has grown.
        log.files = ["tile/0/000": Tile(hashes: vectors.leafHashes + Array(repeating: .emptyRoot, count: 248)).bytes]
        #expect(vectors.inclusions.count == 5)
        for (index, size, names) in vectors.inclusions {
            var tree = log.tree(size)
            let proof = try tree.inclusionProof(of: index)
            #expect(proof.hashes == names.compactMap(vectors.hash))
            try proof.verify(leaf: vectors.leafHashes[Int(index)], root: try root(size))
        }
        #expect(vectors.consistencies.count == 7)
        for (old, new, names) in vectors.consistencies {
            var tree = log.tree(new)
            let proof = try tree.consistencyProof(from: old)
            #expect(proof.hashes == names.compactMap(vectors.hash))
            try proof.verify(oldRoot: try root(old), newRoot: try root(new))
        }
    }

    private func root(_ size: UInt64) throws -> MerkleHash {
        try #require(MerkleHash(hex: vectors.roots[Int(size)].root))
    }
}
