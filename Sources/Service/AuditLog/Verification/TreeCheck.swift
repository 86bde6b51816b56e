import TransparencyLog

/// Recomputes the tree from the records, and holds tiles, bundles and signed roots against it.
struct TreeCheck {
    private let tiles: LedgerTiles
    private var edge = TileEdge()
    private var bundle: [UInt8] = []
    private(set) var milestones: [Milestone] = []
    /// Records that the published checkpoint covers: tiles are there for these.
    private var covered: UInt64 = 0
    /// Set where a record could not be read: there is no tree from there on.
    private(set) var isBroken = false
    private(set) var faults: [Verification.Finding] = []

    init(tiles: LedgerTiles) {
        self.tiles = tiles
    }

    var size: UInt64 { edge.size }
    var root: MerkleHash? { isBroken ? nil : edge.root }

    mutating func add(_ milestone: Milestone, isPublished: Bool = false) {
        if isPublished { covered = milestone.checkpoint.size }
        milestones.append(milestone)
    }

    mutating func breakOff() { isBroken = true }

    mutating func takeFaults() -> [Verification.Finding] {
        defer { faults = [] }
        return faults
    }

    /// Checks what must hold of the tree without records.
    mutating func begin() { reach() }

    mutating func add(_ line: ArraySlice<UInt8>, leaf: MerkleHash) throws(LedgerError) {
        guard !isBroken else { return }
        let index = edge.size
        var full: [(TilePath, Tile)] = []
        edge.append(leaf) { full.append(($0, $1)) }
        if index < covered {
            try? EntryBundle.append(line, to: &bundle)
            if !full.isEmpty, let path = TilePath(.entries, index: index >> 8) {
                try compare(path, edge.size <= covered)
                bundle.removeAll(keepingCapacity: true)
            }
            for (path, tile) in full where edge.size <= covered { try compare(path, tile) }
        }
        if edge.size == covered { try comparePartials() }
        reach()
    }

    private mutating func reach() {
        for position in milestones.indices where milestones[position].checkpoint.size == edge.size {
            milestones[position].isReached = true
            let milestone = milestones[position]
            if milestone.checkpoint.root != edge.root { find(milestone.name, edge.size, milestone.difference) }
        }
    }

    private mutating func find(_ file: String, _ index: UInt64?, _ what: String) {
        faults.append(Verification.Finding(file: file, offset: 0, index: index, what: what))
    }

    // MARK: Files

    private mutating func comparePartials() throws(LedgerError) {
        if let path = TilePath(.entries, index: edge.size >> 8, width: Int(edge.size % 256)) { try compare(path, true) }
        for (path, tile) in edge.partials { try compare(path, tile) }
    }

    /// The file of a tile or a bundle. A gateway deletes a partial one when the full one is published.
    private func bytes(_ path: TilePath) throws(LedgerError) -> (bytes: [UInt8], isFull: Bool)? {
        if let bytes = try tiles.bytes(path) { return (bytes, !path.isPartial) }
        guard path.isPartial, let bytes = try tiles.bytes(path.full) else { return nil }
        return (bytes, true)
    }

    private mutating func compare(_ path: TilePath, _ tile: Tile) throws(LedgerError) {
        let first = path.index << 8
        guard let (bytes, isFull) = try bytes(path) else { return find(path.text, nil, "the tile is missing") }
        let length = isFull ? TilePath.fullWidth : path.width
        guard let found = try? Tile(bytes, width: length) else {
            return find(path.text, nil, "the tile has \(bytes.count) bytes")
        }
        guard let place = tile.hashes.indices.first(where: { tile.hashes[$0] != found.hashes[$0] }) else { return }
        guard case .hashes(let level) = path.kind, level == 0 else {
            return find(path.text, nil, "hash \(place) of the tile is not that of the records below it")
        }
        find(path.text, first + UInt64(place), "the record is not the one whose hash was signed")
    }

    /// The entries gathered so far against the bundle.
    private mutating func compare(_ path: TilePath, _ isCovered: Bool) throws(LedgerError) {
        guard isCovered else { return }
        guard let (bytes, _) = try bytes(path) else { return find(path.text, nil, "the bundle is missing") }
        let isSame = path.isPartial ? bytes.starts(with: bundle) : bytes == bundle
        if !isSame { find(path.text, path.index << 8, "the bundle holds other records than the ledger") }
    }
}
