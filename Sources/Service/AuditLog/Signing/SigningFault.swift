/// Why a ledger does not sign, and so does not start or go on. Each says what to do.
package enum SigningFault: Hashable, Sendable {
    /// The key's file is not there, though something was signed.
    case keyMissing(String)
    /// Not 32 bytes.
    case keyMalformed(String)
    /// Others than its owner may read it.
    case keyExposed(String)
    /// The list of verifier keys is not as it was written, or does not end with the key's own.
    case keysMalformed(String)
    /// The ledger is that of another name.
    case otherOrigin(ledger: String, configured: String)
    case lockMissing(String)
    /// No checkpoint that one of the ledger's keys signed stands there.
    case lockMalformed(String)
    /// Another process has it.
    case lockHeld(String)
    /// It was changed by somebody else while this process had it.
    case lockMoved(String)
    /// The ledger has fewer records than were signed.
    case older(records: UInt64, signed: UInt64)
    /// The published checkpoint is of more records than the lock's.
    case lockBehind(locked: UInt64, published: UInt64)
    /// The last record hands over to a key that is not in use yet.
    case rotationUnfinished
    /// The tree on disk is another one than was signed: the file or the place where it shows.
    case differs(signed: UInt64, String)
}

extension SigningFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .keyMissing(let path):
            "the ledger's key \(path) is missing: restore it; it is the only thing that can sign for it"
        case .keyMalformed(let path): "\(path) is no key of 32 bytes, or may not be read: restore it"
        case .keyExposed(let path): "others may read the ledger's key: chmod 600 \(path), and consider to rotate it"
        case .keysMalformed(let path): "\(path) does not list this ledger's keys: restore it from a copy"
        case .otherOrigin(let ledger, let configured):
            "the ledger is that of \(ledger), and the configuration says \(configured): another origin needs another data folder"
        case .lockMissing(let path):
            "the lock \(path) is missing: put it back. Where it is lost, and you know that nothing was signed after it, "
                + "the ledger's `checkpoint` copied to its place stands for it"
        case .lockMalformed(let path):
            "the lock \(path) holds no checkpoint that this ledger's key signed: put the right one back"
        case .lockHeld(let path): "another gateway holds the lock \(path): only one may sign for this origin"
        case .lockMoved(let path):
            "the lock \(path) was changed by somebody else: stop whatever else signs for this origin, then start again"
        case .older(let records, let signed):
            "the ledger has \(records) records and \(signed) were signed: it was rolled back or cut. Restore a later copy; "
                + "where there is none, keep this one as evidence and begin with another data folder and another ledger.origin"
        case .lockBehind(let locked, let published):
            "the lock is of \(locked) records and the published checkpoint of \(published): the lock was rolled back. "
                + "Put the right one back; it must never be restored from a backup"
        case .rotationUnfinished:
            "a rotation of the ledger's key was not finished: run `countersign ledger key rotate` again"
        case .differs(let signed, let place):
            "the tree is not the one of \(signed) records that was signed: \(place). Run `countersign ledger verify`, "
                + "keep this copy as evidence, and restore one that verifies"
        }
    }
}
