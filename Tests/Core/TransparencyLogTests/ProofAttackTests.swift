import Testing
import TransparencyLog

@Suite("Merkle proofs, and whoever bends them")
struct ProofAttackTests {
    private static let largest = 34

    /// MTH as RFC 9162 writes it: slow, and by another way than the code's.
    static func root(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
        guard leaves.count > 1 else { return leaves.first ?? .emptyRoot }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return .node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    private static func leaves(_ count: Int) -> [MerkleHash] {
        (0..<count).map { MerkleHash.leaf(Array("entry \($0)".utf8)) }
    }

    /// The same list with one thing wrong with it, in every way.
    private static func bent(_ hashes: [MerkleHash]) -> [[MerkleHash]] {
        var lists = [hashes + [.emptyRoot], [.emptyRoot] + hashes]
        if let last = hashes.last { lists.append(hashes + [last]) }
        for index in hashes.indices {
            lists.append(Array(hashes[..<index] + hashes[(index + 1)...]))
            var changed = hashes
            changed[index] = .node(changed[index], changed[index])
            lists.append(changed)
            for other in hashes.indices where other > index {
                var swapped = hashes
                swapped.swapAt(index, other)
                lists.append(swapped)
                var doubled = hashes
                doubled[index] = doubled[other]
                lists.append(doubled)
            }
        }
        return lists
    }

    @Test("Every inclusion proof of small trees verifies, for its own leaf, index and tree alone")
    func inclusion() throws {
        let log = try MemoryLog.of(ProofAttackTests.largest)
        let leaves = ProofAttackTests.leaves(ProofAttackTests.largest)
        for size in 1...UInt64(ProofAttackTests.largest) {
            let root = ProofAttackTests.root(leaves[..<Int(size)])
            var tree = log.growing(to: size)
            for index in 0..<size {
                let proof = try tree.inclusionProof(of: index)
                #expect(proof.hashes.count == InclusionProof.length(index: index, size: size))
                try proof.verify(leaf: leaves[Int(index)], root: root)
                for other in 0..<size where other != index {
                    #expect(throws: ProofError.self) { try proof.verify(leaf: leaves[Int(other)], root: root) }
                    let moved = InclusionProof(index: other, size: size, hashes: proof.hashes)
                    #expect(throws: ProofError.self) { try moved.verify(leaf: leaves[Int(index)], root: root) }
                }
                for list in ProofAttackTests.bent(proof.hashes) {
                    let lie = InclusionProof(index: index, size: size, hashes: list)
                    #expect(throws: ProofError.self) { try lie.verify(leaf: leaves[Int(index)], root: root) }
                }
                #expect(throws: ProofError.self) {
                    try proof.verify(leaf: leaves[Int(index)], root: .node(root, root))
                }
            }
            #expect(throws: (any Error).self) { try tree.inclusionProof(of: size) }
        }
    }

    @Test("Every consistency proof between small trees verifies, between those two alone")
    func consistency() throws {
        let log = try MemoryLog.of(ProofAttackTests.largest)
        let leaves = ProofAttackTests.leaves(ProofAttackTests.largest)
        let roots = (0...ProofAttackTests.largest).map { ProofAttackTests.root(leaves[..<$0]) }
        for size in 0...ProofAttackTests.largest {
            var tree = log.growing(to: UInt64(size))
            for old in 0...size {
                let proof = try tree.consistencyProof(from: UInt64(old))
                #expect(proof.hashes.count == ConsistencyProof.length(from: UInt64(old), to: UInt64(size)))
                try proof.verify(oldRoot: roots[old], newRoot: roots[size])
                for other in roots.indices where other != old {
                    #expect(throws: ProofError.self) { try proof.verify(oldRoot: roots[other], newRoot: roots[size]) }
                }
                for other in roots.indices where other != size && old > 0 {
                    #expect(throws: ProofError.self) { try proof.verify(oldRoot: roots[old], newRoot: roots[other]) }
                }
                for list in ProofAttackTests.bent(proof.hashes) {
                    let lie = ConsistencyProof(oldSize: proof.oldSize, newSize: proof.newSize, hashes: list)
                    #expect(throws: ProofError.self) { try lie.verify(oldRoot: roots[old], newRoot: roots[size]) }
                }
            }
            #expect(throws: (any Error).self) { try tree.consistencyProof(from: UInt64(size) + 1) }
        }
    }

    @Test("A history that was changed below the old size has no consistency proof")
    func changedHistory() throws {
        let log = try MemoryLog.of(200)
        var old = log.growing(to: 130)
        for changed in [0, 1, 63, 64, 127, 128, 129] {
            var forged = MemoryLog()
            for number in 0..<200 { try forged.append(Array("entry \(number == changed ? 7777 : number)".utf8)) }
            forged.publish()
            var tree = forged.tree()
            let proof = try tree.consistencyProof(from: 130)
            let (oldRoot, newRoot) = (try old.root(), try tree.root())
            #expect(throws: ProofError.self) { try proof.verify(oldRoot: oldRoot, newRoot: newRoot) }
        }
    }

    @Test("Proofs for trees that cannot be are refused by their numbers, before anything is hashed")
    func numbers() {
        let huge = UInt64.max
        #expect(InclusionProof.length(index: 0, size: 0) == nil)
        #expect(InclusionProof.length(index: 0, size: huge) == nil)
        #expect(InclusionProof.length(index: 0, size: MerkleFrontier.largestSize) == 63)
        #expect(InclusionProof.length(index: MerkleFrontier.largestSize - 1, size: MerkleFrontier.largestSize) == 62)
        #expect(ConsistencyProof.length(from: 2, to: 1) == nil)
        #expect(ConsistencyProof.length(from: 1, to: huge) == nil)
        let proof = InclusionProof(index: 1, size: huge, hashes: [])
        #expect(throws: ProofError.outside(index: 1, size: huge)) {
            try proof.verify(leaf: .emptyRoot, root: .emptyRoot)
        }
        let empty = ConsistencyProof(oldSize: 0, newSize: 5, hashes: [])
        #expect(throws: ProofError.wrongOldRoot) {
            try empty.verify(oldRoot: .node(.emptyRoot, .emptyRoot), newRoot: .emptyRoot)
        }
        #expect(MerkleFrontier(size: 3, subtrees: [.emptyRoot]) == nil)
        #expect(MerkleFrontier(size: huge, subtrees: Array(repeating: .emptyRoot, count: 64)) == nil)
    }

    @Test("A node cannot be passed off as a leaf")
    func secondPreimage() {
        let (left, right) = (MerkleHash.leaf([1]), MerkleHash.leaf([2]))
        #expect(MerkleHash.leaf(left.bytes + right.bytes) != .node(left, right))
        #expect(MerkleHash.leaf([0x01] + left.bytes + right.bytes) != .node(left, right))
    }
}
