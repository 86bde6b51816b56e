import Glibc
import TransparencyLog

/// Writes tiles and bundles. What was written is on disk once `sync` has returned, and not before.
struct TileStore {
    private let layout: LedgerLayout
    private let files: FileOperations
    private var unsynced: [(file: OpenFile, name: String)] = []
    /// Folders with new names in them.
    private var folders: Set<String> = []
    private var known: Set<String> = []

    /// Files that are held open until they are synced.
    private static let most = 128

    init(layout: LedgerLayout, files: FileOperations) {
        self.layout = layout
        self.files = files
    }

    /// A reader finds the file whole or not at all; after the machine's end it may be anything until `sync`.
    mutating func write(_ bytes: [UInt8], to path: TilePath) throws(LedgerError) {
        let name = path.text
        let place = layout.directory + "/" + name
        let folder = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
        try make(folder)
        let file = try OpenFile(place + ".part", O_WRONLY | O_CREAT | O_TRUNC, name: name)
        try check(file.write(bytes, at: 0, with: files), name)
        // Its blocks are found now: the sync of the first file then puts the places of all of them down at once, where
        // each would else wait for a commit of the file system's journal of its own.
        file.startWriting()
        try check(-files.rename(place + ".part", place), name)
        unsynced.append((file, name))
        folders.insert(folder)
        if unsynced.count >= TileStore.most { try syncFiles() }
    }

    /// Makes a folder below the ledger's, and those above it.
    private mutating func make(_ folder: String) throws(LedgerError) {
        guard !known.contains(folder), folder.utf8.count > layout.directory.utf8.count else { return }
        let parent = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        try make(parent)
        if mkdir(folder, 0o700) == 0 {
            folders.insert(parent)
        } else if errno != EEXIST {
            throw error(errno, String(folder.dropFirst(layout.directory.utf8.count + 1)))
        }
        known.insert(folder)
    }

    /// From here on everything that was written survives the machine's end: the files first, then their names.
    mutating func sync() throws(LedgerError) {
        try syncFiles()
        for folder in folders { try check(DurableFile.syncDirectory(folder, with: files), "tile") }
        folders.removeAll()
    }

    private mutating func syncFiles() throws(LedgerError) {
        for (file, name) in unsynced { try check(file.sync(with: files), name) }
        unsynced.removeAll()
    }

    /// Deletes the partial forms of a tile whose full form is published. What a crash leaves of them does no harm.
    mutating func removePartials(of path: TilePath) {
        let folder = layout.directory + "/" + path.full.text + ".p"
        known.remove(folder)
        folders.remove(folder)
        for name in (try? layout.names(in: folder)) ?? [] where !name.hasPrefix(".") { unlink(folder + "/" + name) }
        rmdir(folder)
    }

    private func check(_ errno: Int32, _ name: String) throws(LedgerError) {
        guard errno == 0 else { throw error(errno, name) }
    }

    private func error(_ errno: Int32, _ name: String) -> LedgerError {
        LedgerError(WantOfRoom.isCause(of: errno) ? .full : .failed(errno), file: name)
    }
}
