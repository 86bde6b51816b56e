/// That an entry stands at an index of a tree (RFC 9162 section 2.1.3).
package struct InclusionProof: Hashable, Sendable {
    package var index: UInt64
    /// Leaves of the tree.
    package var size: UInt64
    /// From the leaf's sibling up to the root's child.
    package var hashes: [MerkleHash]

    package init(index: UInt64, size: UInt64, hashes: [MerkleHash]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// How many hashes a proof of this shape has; nil where there is no such entry.
    ///
    /// The path is shared with the tree's last leaf above `inner`; from there up only left siblings count.
    package static func length(index: UInt64, size: UInt64) -> Int? {
        guard index < size, size <= MerkleFrontier.largestSize else { return nil }
        let inner = UInt64.bitWidth - (index ^ (size - 1)).leadingZeroBitCount
        return inner + (index >> inner).nonzeroBitCount
    }

    /// Throws unless the leaf stands at `index` of the tree with this root. The number of hashes is checked before any is
    /// hashed.
    package func verify(leaf: MerkleHash, root: MerkleHash) throws(ProofError) {
        guard let expected = InclusionProof.length(index: index, size: size) else {
            throw .outside(index: index, size: size)
        }
        guard hashes.count == expected else { throw .wrongLength(count: hashes.count, expected: expected) }
        var (first, last) = (index, size - 1)
        var hash = leaf
        for sibling in hashes {
            if first & 1 == 1 || first == last {
                hash = .node(sibling, hash)
                while first != 0, first & 1 == 0 { (first, last) = (first >> 1, last >> 1) }
            } else {
                hash = .node(hash, sibling)
            }
            (first, last) = (first >> 1, last >> 1)
        }
        guard last == 0, hash == root else { throw .wrongRoot }
    }
}
