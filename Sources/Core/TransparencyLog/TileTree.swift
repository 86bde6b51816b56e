/// A tree read from its tiles: hashes, roots and proofs.
///
/// It believes its tiles. What it gives is checked where it matters: by whoever verifies the proof, against a signed root.
package struct TileTree {
    /// The bytes of a tile; nil where there is none. A partial tile that was deleted is asked for again as the full one.
    package typealias Source = (TilePath) throws -> [UInt8]?

    /// Leaves.
    package let size: UInt64
    private let source: Source
    private var kept: [TilePath: Tile] = [:]

    /// Tiles that are kept in memory: 8 MiB.
    private static let mostKept = 1024

    package init(size: UInt64, source: @escaping Source) {
        self.size = size
        self.source = source
    }

    // MARK: Hashes

    /// The hash of a leaf. Throws `TileError` and what the source throws.
    package mutating func leafHash(at index: UInt64) throws -> MerkleHash {
        guard index < size else { throw TileError.outside(index: index, size: size) }
        return try root(height: 0, index: index)
    }

    package mutating func root() throws -> MerkleHash {
        size == 0 ? .emptyRoot : try root(of: 0, size)
    }

    package mutating func frontier() throws -> MerkleFrontier {
        var subtrees: [MerkleHash] = []
        var begin: UInt64 = 0
        for height in (0..<63).reversed() where size >> height & 1 == 1 {
            subtrees.append(try root(height: height, index: begin >> height))
            begin += 1 << height
        }
        guard let frontier = MerkleFrontier(size: size, subtrees: subtrees) else {
            throw TileError.outside(index: size, size: MerkleFrontier.largestSize)
        }
        return frontier
    }

    /// MTH(D[begin:end]) of a subtree of this tree: `begin` is a multiple of the power of two that is not below the count.
    mutating func root(of begin: UInt64, _ end: UInt64) throws -> MerkleHash {
        let count = end - begin
        if count.nonzeroBitCount == 1 {
            let height = count.trailingZeroBitCount
            return try root(height: height, index: begin >> height)
        }
        let split = begin + TileTree.split(count)
        return .node(try root(of: begin, split), try root(of: split, end))
    }

    /// The largest power of two below `count`, which is above 1.
    static func split(_ count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }

    /// The root over the leaves from `index` * 2^height, 2^height of them, all within the tree.
    private mutating func root(height: Int, index: UInt64) throws -> MerkleHash {
        let within = UInt64(height % 8)
        let first = index << within
        guard let path = TilePath(.hashes(level: height / 8), index: first >> 8, size: size) else {
            throw TileError.outside(index: index, size: size)
        }
        let hashes = try tile(path).hashes
        let begin = Int(first & 255)
        guard begin + 1 << within <= hashes.count else { throw TileError.outside(index: index, size: size) }
        return Tile.root(of: hashes[begin..<begin + 1 << within])
    }

    /// The tile; a longer one where it has grown since.
    mutating func tile(_ path: TilePath) throws -> Tile {
        if let tile = kept[path] { return tile }
        let tile: Tile
        if let bytes = try source(path) {
            tile = try Tile(bytes, width: path.width)
        } else if path.isPartial, let bytes = try source(path.full) {
            tile = Tile(hashes: Array(try Tile(bytes, width: TilePath.fullWidth).hashes.prefix(path.width)))
        } else {
            throw TileError.missing(path)
        }
        if kept.count == TileTree.mostKept { kept.removeAll(keepingCapacity: true) }
        kept[path] = tile
        return tile
    }

    // MARK: Proofs

    /// PATH(index, D[size]) of RFC 9162 section 2.1.3.1.
    package mutating func inclusionProof(of index: UInt64) throws -> InclusionProof {
        guard index < size else { throw TileError.outside(index: index, size: size) }
        var hashes: [MerkleHash] = []
        var (begin, end) = (UInt64(0), size)
        while end - begin > 1 {
            let split = begin + TileTree.split(end - begin)
            if index < split {
                hashes.append(try root(of: split, end))
                end = split
            } else {
                hashes.append(try root(of: begin, split))
                begin = split
            }
        }
        return InclusionProof(index: index, size: size, hashes: hashes.reversed())
    }

    /// PROOF(old, D[size]) of RFC 9162 section 2.1.4.1; empty from an empty tree, and from one of the same size.
    package mutating func consistencyProof(from old: UInt64) throws -> ConsistencyProof {
        guard old <= size else { throw TileError.outside(index: old, size: size) }
        var hashes: [MerkleHash] = []
        var (begin, end) = (UInt64(0), size)
        while old > begin, old < end {
            let split = begin + TileTree.split(end - begin)
            if old <= split {
                hashes.append(try root(of: split, end))
                end = split
            } else {
                hashes.append(try root(of: begin, split))
                begin = split
            }
        }
        // What is left is a complete part of the old tree; where that is the whole old tree, its root is known already.
        if begin > 0 { hashes.append(try root(of: begin, end)) }
        return ConsistencyProof(oldSize: old, newSize: size, hashes: hashes.reversed())
    }

    /// An entry's bytes. Throws `TileError` and what the source throws.
    package func entry(at index: UInt64) throws -> [UInt8] {
        Array(try bundle(holding: index)[Int(index & 255)])
    }

    /// The bundle that holds an entry, as it is in this tree.
    package func bundle(holding index: UInt64) throws -> EntryBundle {
        guard let path = TilePath(.entries, index: index >> 8, size: size), index < size else {
            throw TileError.outside(index: index, size: size)
        }
        if let bytes = try source(path) { return try EntryBundle(bytes, width: path.width) }
        guard path.isPartial, let bytes = try source(path.full) else { throw TileError.missing(path) }
        return try EntryBundle(bytes, width: TilePath.fullWidth)
    }
}
