/// A tree as its right edge: the roots of the complete subtrees that its leaves make, the largest first. It is all that
/// is needed to append and to know the root: at most 63 hashes.
package struct MerkleFrontier: Hashable, Sendable {
    /// The largest tree that the formats can name: 2^63 - 1 leaves.
    package static let largestSize = UInt64(Int64.max)

    /// How many leaves.
    package private(set) var size: UInt64
    /// One for each 1 in the binary `size`, from the highest.
    package private(set) var subtrees: [MerkleHash]

    package init() {
        size = 0
        subtrees = []
    }

    /// Nil where a tree of this size has another number of subtrees.
    package init?(size: UInt64, subtrees: [MerkleHash]) {
        guard size <= MerkleFrontier.largestSize, subtrees.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.subtrees = subtrees
    }

    package mutating func append(_ leaf: MerkleHash) {
        append(leaf) { _, _ in }
    }

    /// Appends, and tells of each subtree that the leaf completes: its height (2^height leaves) and root.
    mutating func append(_ leaf: MerkleHash, completed: (_ height: Int, _ root: MerkleHash) -> Void) {
        var hash = leaf
        var height = 0
        while size >> height & 1 == 1, let left = subtrees.popLast() {
            hash = .node(left, hash)
            height += 1
            completed(height, hash)
        }
        subtrees.append(hash)
        size += 1
    }

    package var root: MerkleHash {
        guard var root = subtrees.last else { return .emptyRoot }
        for left in subtrees.dropLast().reversed() { root = .node(left, root) }
        return root
    }
}
