/// That some entries stand at their indices of a tree: one list of hashes for all of them, which lists no hash that can be
/// computed from the entries. A run of entries in a row costs hardly more than one.
///
/// The hashes are the roots of the largest subtrees without any of the entries, from left to right (each subtree as
/// RFC 9162 section 2.1.1 divides a tree).
package struct SubsetProof: Hashable, Sendable {
    package struct Leaf: Hashable, Sendable {
        package var index: UInt64
        package var hash: MerkleHash

        package init(index: UInt64, hash: MerkleHash) {
            self.index = index
            self.hash = hash
        }
    }

    /// Leaves of the tree.
    package var size: UInt64
    package var hashes: [MerkleHash]

    package init(size: UInt64, hashes: [MerkleHash]) {
        self.size = size
        self.hashes = hashes
    }

    /// Throws unless each leaf stands at its index of the tree with this root. The leaves come in the order of the tree, each
    /// once; the count of the hashes is checked before any is hashed.
    package func verify(leaves: [Leaf], root: MerkleHash) throws(ProofError) {
        try check(leaves)
        var walk = SubsetWalk(leaves: leaves, hashes: hashes)
        guard walk.root(0, size, 0..<leaves.count) == root else { throw .wrongRoot }
    }

    /// The proof of one of the leaves alone. The proof is one of these leaves, and was verified.
    package func inclusionProof(of index: UInt64, leaves: [Leaf]) throws(ProofError) -> InclusionProof {
        try check(leaves)
        guard leaves.contains(where: { $0.index == index }) else { throw .outside(index: index, size: size) }
        var walk = SubsetWalk(leaves: leaves, hashes: hashes, wanted: index)
        _ = walk.root(0, size, 0..<leaves.count)
        return InclusionProof(index: index, size: size, hashes: walk.siblings)
    }

    private func check(_ leaves: [Leaf]) throws(ProofError) {
        guard size <= MerkleFrontier.largestSize else { throw .outside(index: 0, size: size) }
        for (position, leaf) in leaves.enumerated() {
            guard leaf.index < size else { throw .outside(index: leaf.index, size: size) }
            guard position == 0 || leaves[position - 1].index < leaf.index else {
                throw .unordered(index: leaf.index)
            }
        }
        let expected = SubsetProof.gaps(of: leaves.map(\.index), size: size).count
        guard hashes.count == expected else { throw .wrongLength(count: hashes.count, expected: expected) }
    }

    /// The largest subtrees without any of the indices, which are in order and within the tree, from left to right.
    static func gaps(of indices: [UInt64], size: UInt64) -> [Range<UInt64>] {
        var gaps: [Range<UInt64>] = []
        func visit(_ begin: UInt64, _ end: UInt64, _ within: ArraySlice<UInt64>) {
            guard !within.isEmpty else { return gaps.append(begin..<end) }
            guard end - begin > 1 else { return }
            let split = begin + TileTree.split(end - begin)
            let middle = within.firstIndex { $0 >= split } ?? within.endIndex
            visit(begin, split, within[..<middle])
            visit(split, end, within[middle...])
        }
        if size > 0 { visit(0, size, indices[...]) }
        return gaps
    }
}

/// Computes the root, leaf by leaf and hash by hash, from the left.
private struct SubsetWalk {
    let leaves: [SubsetProof.Leaf]
    let hashes: [MerkleHash]
    /// The leaf whose own path is to be collected.
    var wanted: UInt64?
    var siblings: [MerkleHash] = []
    private var next = 0

    init(leaves: [SubsetProof.Leaf], hashes: [MerkleHash], wanted: UInt64? = nil) {
        self.leaves = leaves
        self.hashes = hashes
        self.wanted = wanted
    }

    /// As many hashes are there as `gaps` has counted.
    mutating func root(_ begin: UInt64, _ end: UInt64, _ within: Range<Int>) -> MerkleHash {
        guard end > begin else { return .emptyRoot }
        guard let first = within.first else {
            defer { next += 1 }
            return hashes[next]
        }
        guard end - begin > 1 else { return leaves[first].hash }
        let split = begin + TileTree.split(end - begin)
        let middle = within.first { leaves[$0].index >= split } ?? within.upperBound
        let left = root(begin, split, within.lowerBound..<middle)
        let right = root(split, end, middle..<within.upperBound)
        if let wanted, (begin..<end).contains(wanted) { siblings.append(wanted < split ? right : left) }
        return .node(left, right)
    }
}

extension TileTree {
    /// The proof of these entries, which are in order and each there once.
    package mutating func subsetProof(of indices: [UInt64]) throws -> SubsetProof {
        for (position, index) in indices.enumerated() {
            guard index < size else { throw TileError.outside(index: index, size: size) }
            guard position == 0 || indices[position - 1] < index else { throw ProofError.unordered(index: index) }
        }
        let gaps = SubsetProof.gaps(of: indices, size: size)
        return SubsetProof(size: size, hashes: try gaps.map { try root(of: $0.lowerBound, $0.upperBound) })
    }
}
