import TransparencyLog

/// A log whose tiles are in memory, as a gateway would have them on its disk: partial tiles of the last size only.
struct MemoryLog {
    var files: [String: [UInt8]] = [:]
    private(set) var edge = TileEdge()
    private var bundle: [UInt8] = []

    /// Appends, and writes what is full.
    mutating func append(_ entry: [UInt8]) throws {
        var full: [(TilePath, Tile)] = []
        try EntryBundle.append(entry, to: &bundle)
        edge.append(.leaf(entry)) { full.append(($0, $1)) }
        for (path, tile) in full { files[path.text] = tile.bytes }
        guard edge.size.isMultiple(of: 256), let path = TilePath(.entries, index: edge.size / 256 - 1) else { return }
        files[path.text] = bundle
        bundle = []
    }

    /// Writes the partial tiles of this size; the ones before are gone.
    mutating func publish() {
        files = files.filter { !$0.key.contains(".p/") }
        for (path, tile) in edge.partials { files[path.text] = tile.bytes }
        if let path = TilePath(.entries, index: edge.size / 256, size: edge.size), path.isPartial {
            files[path.text] = bundle
        }
    }

    func tree(_ size: UInt64? = nil) -> TileTree {
        let files = files
        return TileTree(size: size ?? edge.size) { files[$0.text] }
    }

    /// The tree of an earlier size of a log of fewer than 256 entries, read from its one partial tile.
    func growing(to size: UInt64) -> TileTree {
        let tile = files.first { $0.key.hasPrefix("tile/0/000") }?.value ?? []
        return TileTree(size: size) { path in
            path.kind == .hashes(level: 0) ? Array(tile.prefix(path.width * 32)) : nil
        }
    }

    /// Entries `entry 0`, `entry 1`, …, published.
    static func of(_ count: Int) throws -> MemoryLog {
        var log = MemoryLog()
        for number in 0..<count { try log.append(Array("entry \(number)".utf8)) }
        log.publish()
        return log
    }
}
