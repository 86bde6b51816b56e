import TransparencyLog

/// Hashes of the newest records, kept from the moment they are appended until they are in the tree: what a segment says
/// later is held against them. Bounded: where the tree falls behind, the oldest are let go.
struct LeafQueue {
    private static let most = 1 << 17

    private var first: UInt64
    private var hashes: [MerkleHash] = []

    init(first: UInt64 = 0) {
        self.first = first
    }

    mutating func append(_ leaf: MerkleHash) {
        if hashes.count == LeafQueue.most {
            hashes.removeFirst(LeafQueue.most / 2)
            first += UInt64(LeafQueue.most / 2)
        }
        hashes.append(leaf)
    }

    /// Takes back the hash that was appended last, under the same lock.
    mutating func removeLast() { hashes.removeLast() }

    /// Hands over what is kept, and the index of its first record.
    mutating func take() -> (first: UInt64, hashes: [MerkleHash]) {
        defer { (first, hashes) = (first + UInt64(hashes.count), []) }
        return (first, hashes)
    }
}
