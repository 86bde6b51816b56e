internal import GRDB
internal import Glibc

/// The index's file, opened, and made again where it cannot serve.
struct IndexDatabase {
    let path: String
    let queue: DatabaseQueue
    /// Why what the file held was put aside; nil where it serves.
    let replaced: String?
    /// Which file this is: another one may come to stand under its name.
    private let identity: FileIdentity?

    /// Opens the file, or what takes its place.
    static func open(_ path: String) throws -> IndexDatabase {
        do {
            return try IndexDatabase(path: path)
        } catch let error as DatabaseError where IndexDatabase.isDamage(error, whileOpening: true) {
            return try replace(path, because: error.message ?? "\(error.resultCode)")
        }
    }

    /// Takes a file away that cannot serve, and makes an empty one.
    static func replace(_ path: String, because reason: String) throws -> IndexDatabase {
        try IndexDatabase.remakeFile(path)
        return try IndexDatabase(path: path, replaced: reason)
    }

    /// Whether the file at the path is still this one.
    var isInPlace: Bool { identity != nil && FileIdentity(path) == identity }

    /// Whether an error says that the file is at fault, and not the disk, its rights or another's lock.
    static func isDamage(_ error: DatabaseError, whileOpening: Bool = false) -> Bool {
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: true
        // A schema that cannot be read, or whose tables cannot be dropped.
        case .SQLITE_ERROR, .SQLITE_SCHEMA: whileOpening
        default: false
        }
    }

    private init(path: String, replaced reason: String? = nil) throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            // A projection: a crash may cost it its last batches, which are read again.
            try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        }
        self.path = path
        queue = try DatabaseQueue(path: path, configuration: configuration)
        var preparation = IndexSchema.Preparation.nothing
        try queue.inTransaction(.immediate) { db in
            preparation = try IndexSchema.prepare(db)
            return .commit
        }
        replaced = reason ?? (preparation == .replaced ? "its tables are not those of this version" : nil)
        identity = FileIdentity(path)
    }

    /// The new file has the old one's mode and owner, where this process may give it away.
    private static func remakeFile(_ path: String) throws {
        var old = stat()
        let isKnown = stat(path, &old) == 0
        // The log goes first: a new file must never be found beside an old one's log.
        for suffix in ["-wal", "-shm", ""] {
            guard unlink(path + suffix) == 0 || errno == ENOENT else {
                throw LedgerIndexError("the search index \(path) is damaged, and cannot be deleted")
            }
        }
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, isKnown ? old.st_mode & 0o777 : 0o600)
        guard descriptor >= 0 else { throw LedgerIndexError("the search index \(path) cannot be made") }
        defer { close(descriptor) }
        guard isKnown, geteuid() == 0 else { return }
        guard fchown(descriptor, old.st_uid, old.st_gid) == 0 else {
            throw LedgerIndexError("the search index \(path) cannot be given to its owner")
        }
    }
}
