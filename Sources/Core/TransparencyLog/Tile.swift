/// The hashes of a tile, 1 to 256, as its file has them: one after the other, 32 bytes each.
package struct Tile: Hashable, Sendable {
    package var hashes: [MerkleHash]

    package init(hashes: [MerkleHash]) {
        self.hashes = hashes
    }

    /// Exactly `width` hashes.
    package init(_ bytes: [UInt8], width: Int) throws(TileError) {
        guard bytes.count == width * MerkleHash.byteCount else {
            throw .wrongLength(bytes: bytes.count, width: width)
        }
        hashes = bytes.withUnsafeBytes { raw in
            (0..<width).compactMap { MerkleHash(UnsafeRawBufferPointer(rebasing: raw[$0 * 32..<$0 * 32 + 32])) }
        }
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * MerkleHash.byteCount)
        for hash in hashes { hash.append(to: &bytes) }
        return bytes
    }

    /// The root over a run of hashes whose count is a power of two, or over the whole of a complete tree.
    static func root(of hashes: ArraySlice<MerkleHash>) -> MerkleHash {
        var frontier = MerkleFrontier()
        for hash in hashes { frontier.append(hash) }
        return frontier.root
    }
}
