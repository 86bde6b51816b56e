import Testing
import TransparencyLog

@Suite("Proofs of several entries at once")
struct SubsetProofTests {
    private static let size = 11

    private static func leaves(_ indices: [UInt64]) -> [SubsetProof.Leaf] {
        indices.map { .init(index: $0, hash: .leaf(Array("entry \($0)".utf8))) }
    }

    @Test("Every subset of a tree's entries has a proof, and each entry's own proof comes out of it")
    func all() throws {
        let log = try MemoryLog.of(SubsetProofTests.size)
        var tree = log.tree()
        let root = log.edge.root
        for subset in 0..<(1 << SubsetProofTests.size) {
            let indices = (0..<UInt64(SubsetProofTests.size)).filter { subset >> $0 & 1 == 1 }
            let proof = try tree.subsetProof(of: indices)
            let leaves = SubsetProofTests.leaves(indices)
            try proof.verify(leaves: leaves, root: root)
            guard subset.isMultiple(of: 37) else { continue }
            for leaf in leaves {
                let single = try proof.inclusionProof(of: leaf.index, leaves: leaves)
                #expect(single == (try tree.inclusionProof(of: leaf.index)))
            }
        }
    }

    @Test("A proof of one entry has no more hashes than its inclusion proof, and one of all has none")
    func lengths() throws {
        let log = try MemoryLog.of(200)
        var tree = log.tree()
        for index in 0..<200 as Range<UInt64> {
            #expect(try tree.subsetProof(of: [index]).hashes.count == tree.inclusionProof(of: index).hashes.count)
        }
        #expect(try tree.subsetProof(of: Array(0..<200)).hashes == [])
        #expect(try tree.subsetProof(of: Array(64..<128)).hashes.count == 2)
    }

    @Test("What is bent in any way does not verify")
    func bent() throws {
        let log = try MemoryLog.of(SubsetProofTests.size)
        var tree = log.tree()
        let root = log.edge.root
        for indices in [[0], [3, 4], [1, 5, 9], [0, 10], [2, 3, 4, 5, 6]] as [[UInt64]] {
            let proof = try tree.subsetProof(of: indices)
            let leaves = SubsetProofTests.leaves(indices)
            func refuses(_ leaves: [SubsetProof.Leaf], _ hashes: [MerkleHash], size: UInt64 = 11) {
                #expect(throws: ProofError.self) {
                    try SubsetProof(size: size, hashes: hashes).verify(leaves: leaves, root: root)
                }
            }
            for position in proof.hashes.indices {
                var changed = proof.hashes
                changed[position] = .node(changed[position], changed[position])
                refuses(leaves, changed)
                var shorter = proof.hashes
                shorter.remove(at: position)
                refuses(leaves, shorter)
                var swapped = proof.hashes
                swapped.swapAt(position, proof.hashes.count - 1 - position)
                if swapped != proof.hashes { refuses(leaves, swapped) }
            }
            refuses(leaves, proof.hashes + [.emptyRoot])
            for position in leaves.indices {
                var moved = leaves
                moved[position].index += 1
                refuses(moved, proof.hashes)
                var changed = leaves
                changed[position].hash = .emptyRoot
                refuses(changed, proof.hashes)
                refuses(leaves + [leaves[position]], proof.hashes)
                var fewer = leaves
                fewer.remove(at: position)
                refuses(fewer, proof.hashes)
            }
            if leaves.count > 1 { refuses(leaves.reversed(), proof.hashes) }
            refuses(leaves, proof.hashes, size: .max)
            refuses(leaves, proof.hashes, size: 0)
        }
        #expect(throws: (any Error).self) { try tree.subsetProof(of: [5, 3]) }
        #expect(throws: (any Error).self) { try tree.subsetProof(of: [5, 5]) }
        #expect(throws: (any Error).self) { try tree.subsetProof(of: [11]) }
    }

    @Test("A tree without entries has the proof of nothing")
    func empty() throws {
        try SubsetProof(size: 0, hashes: []).verify(leaves: [], root: .emptyRoot)
        #expect(throws: ProofError.wrongLength(count: 1, expected: 0)) {
            try SubsetProof(size: 0, hashes: [.emptyRoot]).verify(leaves: [], root: .emptyRoot)
        }
    }
}
