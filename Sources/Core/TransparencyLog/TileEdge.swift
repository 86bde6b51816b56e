/// The growing edge of a tiled log: takes leaf hashes in order, and says which tiles they make.
///
/// One hash a leaf on average: the tree's inner hashes are the hashes of the tiles above.
package struct TileEdge: Sendable {
    private var frontier = MerkleFrontier()
    /// Of each level, from the lowest, the hashes of its partial tile; empty where the last tile is full.
    private var levels: [[MerkleHash]] = [[]]

    package init() {}

    /// The edge of a tree whose tiles are there. Throws `TileError.wrongRoot` unless they make the tree with this root, and
    /// what the tree's source throws.
    package init(restoring tree: inout TileTree, root: MerkleHash) throws {
        frontier = try tree.frontier()
        guard frontier.root == root else { throw TileError.wrongRoot(size: tree.size) }
        levels = []
        for level in 0..<8 {
            let count = TilePath.hashes(onLevel: level, size: tree.size)
            guard level == 0 || count > 0 else { break }
            let path = TilePath(.hashes(level: level), index: count >> 8, size: tree.size)
            levels.append(try path.map { try tree.tile($0).hashes } ?? [])
        }
    }

    package var size: UInt64 { frontier.size }
    package var root: MerkleHash { frontier.root }

    /// Appends, and hands over each tile that the leaf fills, which never changes again. What `full` throws is passed on;
    /// the edge has the leaf nevertheless.
    package mutating func append(_ leaf: MerkleHash, full: (TilePath, Tile) throws -> Void) rethrows {
        levels[0].append(leaf)
        // Stays empty, and so unallocated, for 255 leaves of 256.
        var completed: [MerkleHash] = []
        frontier.append(leaf) { height, root in
            if height.isMultiple(of: 8) { completed.append(root) }
        }
        for (offset, root) in completed.enumerated() {
            let level = offset + 1
            if levels.count == level { levels.append([]) }
            levels[level].append(root)
        }
        for level in 0...completed.count where levels[level].count == TilePath.fullWidth {
            let tile = Tile(hashes: levels[level])
            levels[level].removeAll(keepingCapacity: true)
            let index = TilePath.hashes(onLevel: level, size: size) >> 8 - 1
            if let path = TilePath(.hashes(level: level), index: index) { try full(path, tile) }
        }
    }

    /// The partial tiles as they are now, from the lowest level: what a checkpoint of this size needs beside the full ones.
    package var partials: [(path: TilePath, tile: Tile)] {
        levels.enumerated().compactMap { level, hashes in
            let index = TilePath.hashes(onLevel: level, size: size) >> 8
            return TilePath(.hashes(level: level), index: index, width: hashes.count).map { ($0, Tile(hashes: hashes)) }
        }
    }
}
