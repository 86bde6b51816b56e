import Glibc
import TransparencyLog

/// The right to sign for a ledger: its key, and the lock with what was signed last.
struct LedgerSigning: Sendable {
    let origin: String
    let signer: NoteSigner
    /// Verifier keys of all times.
    let keys: [NoteVerifierKey]
    let lock: CheckpointLock
    /// What was signed last: the lock's bytes, and what they say.
    private(set) var locked: [UInt8]
    private(set) var last: Checkpoint
    private let layout: LedgerLayout
    private let files: FileOperations

    /// Takes the lock, and the key. On the very first start, when nothing was ever recorded, both are made, and a
    /// checkpoint of no records is signed: from then on the lock is never missing for a good reason.
    init(_ identity: LedgerIdentity, layout: LedgerLayout, files: FileOperations) throws(LedgerError) {
        self.layout = layout
        self.files = files
        origin = identity.origin
        try DurableFile.makeDirectory(identity.keys, name: identity.keys)
        lock = try CheckpointLock(path: identity.lock, files: files)
        let standing = try lock.read()
        let hasRecords = try !layout.segmentIndices().isEmpty || access(layout.checkpoint, F_OK) == 0
        let keyring = LedgerKeys(identity, layout, files)
        if standing == nil, hasRecords {
            // An earlier version's ledger has no lock either: that is the better word.
            _ = try LedgerHead.read(layout)
            throw LedgerError(.unsigned(.lockMissing(identity.lock)))
        }
        (signer, keys) = try keyring.open(origin: origin, isFirst: standing == nil)
        guard let standing else {
            last = Checkpoint(origin: origin, size: 0, root: .emptyRoot)
            locked = []
            locked = try LedgerSigning.sign(last, with: signer).bytes
            try lock.replace(nil, with: locked)
            try publish(locked)
            return
        }
        guard let signed = try? SignedCheckpoint(standing, logs: keys) else {
            throw LedgerError(.unsigned(.lockMalformed(identity.lock)))
        }
        (locked, last) = (standing, signed.checkpoint)
        if last.size > 0, try layout.segmentIndices().isEmpty {
            throw LedgerError(.unsigned(.older(records: 0, signed: last.size)))
        }
    }

    /// Throws where fewer records are there than were signed.
    func requireRecords(_ records: UInt64) throws(LedgerError) {
        guard records >= last.size else { throw LedgerError(.unsigned(.older(records: records, signed: last.size))) }
    }

    /// Brings what is published up to what was signed: a crash may have come between.
    func reconcile() throws(LedgerError) {
        guard let bytes = try LedgerTiles(layout: layout).checkpoint() else { return try publish(locked) }
        guard let published = try? SignedCheckpoint(bytes, logs: keys).checkpoint else {
            throw LedgerError(
                .unsigned(.differs(signed: last.size, "the published checkpoint is not signed by its key"))
            )
        }
        guard published.size <= last.size else {
            throw LedgerError(.unsigned(.lockBehind(locked: last.size, published: published.size)))
        }
        guard published.size < last.size || published.root == last.root else {
            throw LedgerError(.unsigned(.differs(signed: last.size, "the published checkpoint has another root")))
        }
        if published.size < last.size { try publish(locked) }
    }

    /// Signs the next checkpoint, and makes the lock hold it. Whatever happens after, nothing else can be signed for this
    /// size, or for one below.
    mutating func sign(_ checkpoint: Checkpoint) throws(LedgerError) -> SignedNote {
        let note = try LedgerSigning.sign(checkpoint, with: signer)
        do throws(LedgerError) {
            try lock.replace(locked, with: note.bytes)
        } catch {
            // The file may have its new name, and only the folder not be synced. Then the next one follows this one.
            if let standing = try? lock.read(), standing == note.bytes { (locked, last) = (note.bytes, checkpoint) }
            throw error
        }
        (locked, last) = (note.bytes, checkpoint)
        return note
    }

    private static func sign(_ checkpoint: Checkpoint, with signer: NoteSigner) throws(LedgerError) -> SignedNote {
        do throws(NoteError) {
            return try checkpoint.signed(by: signer)
        } catch {
            // The origin was checked by the configuration; a name that no note can have is no reason to trap.
            throw LedgerError(.unsigned(.otherOrigin(ledger: signer.key.name, configured: checkpoint.origin)))
        }
    }

    /// Puts a signed note where readers find it; on disk when it returns.
    func publish(_ note: [UInt8]) throws(LedgerError) {
        let failure = SmallFile.replace(layout.checkpoint, with: note, files)
        guard failure == 0 else {
            throw LedgerError(WantOfRoom.isCause(of: failure) ? .full : .failed(failure), file: "checkpoint")
        }
    }
}
