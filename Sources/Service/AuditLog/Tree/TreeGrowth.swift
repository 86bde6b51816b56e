import TransparencyLog

/// The tree over a ledger's records as it grows from its last signed size: reads the segments, makes tiles and bundles.
///
/// The same for a running gateway and for a recovery. It begins with a tree that was signed, and whatever happens to it on
/// the way it is thrown away and begun again from there: what it writes is the same each time.
struct TreeGrowth {
    private let layout: LedgerLayout
    private var edge: TileEdge
    private var store: TileStore
    private var cursor: SegmentCursor?
    /// The entries of the partial bundle.
    private var bundle: [UInt8] = []
    /// What the writer said the newest records' hashes are.
    private var expected: (first: UInt64, hashes: [MerkleHash]) = (0, [])
    private let signed: UInt64

    /// Throws `.unsigned(.differs)` unless the tiles make the tree that was signed.
    init(from signed: Checkpoint, layout: LedgerLayout, files: FileOperations) throws(LedgerError) {
        self.layout = layout
        self.signed = signed.size
        store = TileStore(layout: layout, files: files)
        guard signed.size > 0 else {
            edge = TileEdge()
            return
        }
        var tree = LedgerTiles(layout: layout).tree(size: signed.size)
        do {
            edge = try TileEdge(restoring: &tree, root: signed.root)
            bundle = try TreeGrowth.bundle(at: &tree)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(.unsigned(.differs(signed: signed.size, "\(error)")))
        }
    }

    var size: UInt64 { edge.size }
    var root: MerkleHash { edge.root }

    /// The entries behind the last full bundle, each of them held against its hash.
    private static func bundle(at tree: inout TileTree) throws -> [UInt8] {
        let width = Int(tree.size % 256)
        guard width > 0 else { return [] }
        let entries = try tree.bundle(holding: tree.size - 1)
        var bytes: [UInt8] = []
        for position in 0..<width {
            let index = tree.size - UInt64(width - position)
            guard try tree.leafHash(at: index) == .leaf(entries[position]) else {
                throw TileError.wrongRoot(size: index)
            }
            try EntryBundle.append(entries[position], to: &bytes)
        }
        return bytes
    }

    // MARK: Growing

    /// The writer's hashes of records that are to come.
    mutating func expect(_ leaves: (first: UInt64, hashes: [MerkleHash])) {
        // What is in the tree already is of no use any more.
        let done = Int(clamping: min(edge.size - min(edge.size, expected.first), UInt64(expected.hashes.count)))
        expected.hashes.removeFirst(done)
        expected.first += UInt64(done)
        if expected.first + UInt64(expected.hashes.count) != leaves.first { expected = (leaves.first, []) }
        expected.hashes.append(contentsOf: leaves.hashes)
    }

    /// Takes the records up to `target`, all of which are on disk.
    mutating func grow(to target: UInt64) throws(LedgerError) {
        while edge.size < target {
            var current = try takeCursor()
            try take(from: &current, to: target)
            cursor = current
        }
    }

    private mutating func takeCursor() throws(LedgerError) -> SegmentCursor {
        guard var current = cursor else { return try open(at: edge.size) }
        cursor = nil
        // The gateway has appended since.
        current.forget()
        return current
    }

    /// Opens the segment that holds the next record, there.
    private func open(at index: UInt64) throws(LedgerError) -> SegmentCursor {
        guard let first = try layout.segmentIndices().last(where: { $0 <= index }) else {
            throw .damaged("segments", at: 0, index: index, "no segment holds this record")
        }
        var opened = try SegmentCursor(layout, first: first)
        while opened.index < index {
            guard case .record = try opened.next() else {
                throw .damaged(
                    opened.name,
                    at: opened.offset,
                    index: opened.index,
                    "the segment ends before this record"
                )
            }
        }
        return opened
    }

    private mutating func take(from current: inout SegmentCursor, to target: UInt64) throws(LedgerError) {
        while edge.size < target {
            switch try current.next() {
            case .record(let line): try add(line, current)
            case .sealed: current = try SegmentCursor(layout, first: current.index, after: current.leaf)
            case .end:
                throw .damaged(
                    current.name,
                    at: current.offset,
                    index: current.index,
                    "the segment ends before this record"
                )
            case .bad(let what): throw .damaged(current.name, at: current.offset, index: current.index, what)
            }
        }
    }

    private mutating func add(_ line: ArraySlice<UInt8>, _ current: SegmentCursor) throws(LedgerError) {
        let index = edge.size
        if index >= expected.first, index - expected.first < UInt64(expected.hashes.count) {
            guard expected.hashes[Int(index - expected.first)] == current.leaf else {
                throw .damaged(
                    current.name,
                    at: current.offset,
                    index: index,
                    "the record is not the one that was written"
                )
            }
        }
        var full: [(TilePath, Tile)] = []
        edge.append(current.leaf) { full.append(($0, $1)) }
        do throws(TileError) {
            try EntryBundle.append(line, to: &bundle)
        } catch {
            throw .damaged(current.name, at: current.offset, index: index, "\(error)")
        }
        // The bundle first: a hash is never there without what was hashed.
        if !full.isEmpty, let path = TilePath(.entries, index: index >> 8) {
            try store.write(bundle, to: path)
            bundle.removeAll(keepingCapacity: true)
        }
        for (path, tile) in full { try store.write(tile.bytes, to: path) }
    }

    /// Writes what a checkpoint of this size needs beside the full tiles. When it returns, the tree is on disk.
    mutating func settle() throws(LedgerError) {
        if let path = TilePath(.entries, index: edge.size >> 8, width: Int(edge.size % 256)) {
            try store.write(bundle, to: path)
        }
        for (path, tile) in edge.partials { try store.write(tile.bytes, to: path) }
        try store.sync()
    }

    /// Deletes the partial tiles of an earlier checkpoint that are full in this one, which is published.
    mutating func forgetPartials(of old: UInt64) {
        for partial in TilePath.partials(size: old)
        where TilePath(partial.kind, index: partial.index, size: size) == partial.full {
            store.removePartials(of: partial)
        }
    }
}
