import Glibc
package import TransparencyLog

/// The tlog-tiles files of a ledger, read beside the gateway that writes them or without one: no lock, nothing changed.
package struct LedgerTiles: Hashable, Sendable {
    private let layout: LedgerLayout

    /// A checkpoint, a tile and a bundle of 256 of the longest entries are all shorter.
    private static let longest = 256 * (2 + EntryBundle.longestEntry)

    package init(directory: String) {
        layout = LedgerLayout(directory: directory)
    }

    init(layout: LedgerLayout) {
        self.layout = layout
    }

    /// What a path below the log's prefix names: `checkpoint`, `tile/0/x001/067.p/17`, `tile/entries/000`. Nil where the
    /// path names no such file, whatever else it may look like, and where the file is not there.
    package func bytes(_ path: String) throws(LedgerError) -> [UInt8]? {
        if path == "checkpoint" { return try checkpoint() }
        guard let tile = TilePath(path) else { return nil }
        return try bytes(tile)
    }

    /// The published checkpoint: a signed note. Nil before the first.
    package func checkpoint() throws(LedgerError) -> [UInt8]? {
        try read("checkpoint")
    }

    /// The bytes of a tile or a bundle. What no published checkpoint covers may be there, and is replaced by a recovery.
    package func bytes(_ path: TilePath) throws(LedgerError) -> [UInt8]? {
        try read(path.text)
    }

    /// The tree of the first `size` records, for hashes, entries and proofs.
    package func tree(size: UInt64) -> TileTree {
        TileTree(size: size) { path in try bytes(path) }
    }

    private func read(_ name: String) throws(LedgerError) -> [UInt8]? {
        let file: OpenFile
        do throws(LedgerError) {
            file = try OpenFile(layout.directory + "/" + name, O_RDONLY, name: name)
        } catch {
            if error.code == .unreadable(ENOENT) || error.code == .unreadable(ENOTDIR) { return nil }
            throw error
        }
        let size = try file.size(name: name)
        guard size <= Int64(LedgerTiles.longest) else {
            throw .damaged(name, at: 0, "the file is longer than such a file can be")
        }
        return try file.bytes(limit: Int(size), name: name)
    }
}
