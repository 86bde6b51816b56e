/// That a tree begins with an earlier one, leaf for leaf (RFC 9162 section 2.1.4).
package struct ConsistencyProof: Hashable, Sendable {
    package var oldSize: UInt64
    package var newSize: UInt64
    package var hashes: [MerkleHash]

    package init(oldSize: UInt64, newSize: UInt64, hashes: [MerkleHash]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.hashes = hashes
    }

    /// How many hashes a proof between trees of these sizes has; nil where the old one is the larger.
    package static func length(from oldSize: UInt64, to newSize: UInt64) -> Int? {
        guard oldSize <= newSize, newSize <= MerkleFrontier.largestSize else { return nil }
        guard oldSize > 0, oldSize < newSize else { return 0 }
        let last = oldSize - 1
        let shared = UInt64.bitWidth - (last ^ (newSize - 1)).leadingZeroBitCount
        let height = oldSize.trailingZeroBitCount
        // The old root itself begins the proof, unspoken, where the old tree is one complete subtree.
        let seed = oldSize == 1 << UInt64(height) ? 0 : 1
        return seed + shared - height + (last >> shared).nonzeroBitCount
    }

    /// Throws unless the tree with the new root begins with the tree with the old one. From an empty tree there is nothing
    /// to prove, but its root must be that of the empty tree.
    package func verify(oldRoot: MerkleHash, newRoot: MerkleHash) throws(ProofError) {
        guard let expected = ConsistencyProof.length(from: oldSize, to: newSize) else {
            throw .outside(index: oldSize, size: newSize)
        }
        guard hashes.count == expected else { throw .wrongLength(count: hashes.count, expected: expected) }
        guard oldSize > 0 else {
            guard oldRoot == .emptyRoot else { throw .wrongOldRoot }
            guard newSize > 0 || newRoot == .emptyRoot else { throw .wrongRoot }
            return
        }
        guard oldSize < newSize else {
            guard oldRoot == newRoot else { throw .wrongOldRoot }
            return
        }
        let (old, new) = recomputed(oldRoot: oldRoot)
        guard old == oldRoot else { throw .wrongOldRoot }
        guard new == newRoot else { throw .wrongRoot }
    }

    /// The two roots that the hashes lead to. Called with as many hashes as `length` says, and `0 < oldSize < newSize`.
    private func recomputed(oldRoot: MerkleHash) -> (old: MerkleHash, new: MerkleHash) {
        var (first, last) = (oldSize - 1, newSize - 1)
        let height = oldSize.trailingZeroBitCount
        (first, last) = (first >> height, last >> height)
        let isComplete = oldSize == 1 << UInt64(height)
        var path = hashes[...]
        let seed = isComplete ? oldRoot : path.removeFirst()
        var (old, new) = (seed, seed)
        for hash in path {
            if first & 1 == 1 || first == last {
                old = .node(hash, old)
                new = .node(hash, new)
                while first != 0, first & 1 == 0 { (first, last) = (first >> 1, last >> 1) }
            } else {
                new = .node(new, hash)
            }
            (first, last) = (first >> 1, last >> 1)
        }
        return (old, new)
    }
}
