import TransparencyLog

/// Reads records in order from bundles: those whose segments were deleted. Memory: one bundle.
struct BundleCursor {
    private let tiles: LedgerTiles
    /// Where it ends: the first record of the oldest segment.
    private let end: UInt64
    /// The index of the next record.
    private(set) var index: UInt64
    private var bundle: EntryBundle?

    init(tiles: LedgerTiles, index: UInt64, end: UInt64) {
        self.tiles = tiles
        self.index = index
        self.end = end
    }

    /// The next record and its hash. Throws `.damaged` where no bundle holds it.
    mutating func next() throws(LedgerError) -> (line: ArraySlice<UInt8>, leaf: MerkleHash)? {
        guard index < end else { return nil }
        if bundle == nil || index & 255 == 0 { bundle = try BundleCursor.read(index, tiles, end) }
        guard let line = bundle?[Int(index & 255)] else { return nil }
        index += 1
        return (line, .leaf(line))
    }

    /// The bundle that holds a record.
    static func read(_ index: UInt64, _ tiles: LedgerTiles, _ end: UInt64) throws(LedgerError) -> EntryBundle {
        do {
            return try tiles.tree(size: end).bundle(holding: index)
        } catch let error as LedgerError {
            throw error
        } catch {
            let name = TilePath(.entries, index: index >> 8)?.text ?? "tile/entries"
            throw .damaged(name, at: 0, index: index, "\(error)")
        }
    }
}
