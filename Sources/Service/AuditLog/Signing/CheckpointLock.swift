import Glibc
import Synchronization

/// The last signed checkpoint, kept apart from the ledger: what is signed next must follow from it. It is trusted, and so
/// never restored from a backup (transparency logs call it the lock store).
///
/// One process has it at a time (flock(2) on `PATH.held`), and each replacement compares before: two gateways, or one whose
/// ledger was rolled back, cannot sign two histories.
final class CheckpointLock: Sendable {
    let path: String
    private let files: FileOperations
    private let held: Mutex<OpenFile?>

    private static let longest = 4096

    init(path: String, files: FileOperations) throws(LedgerError) {
        self.path = path
        self.files = files
        let file = try OpenFile(path + ".held", O_RDWR | O_CREAT, name: path + ".held")
        let failure = file.lock()
        guard failure == 0 else {
            throw LedgerError(failure == EWOULDBLOCK ? .unsigned(.lockHeld(path)) : .unreadable(failure), file: nil)
        }
        held = Mutex(file)
    }

    /// Lets another process have it.
    func release() {
        held.withLock { $0 = nil }
    }

    /// The signed note that stands there; nil where there is none.
    func read() throws(LedgerError) -> [UInt8]? {
        try SmallFile.read(path, limit: CheckpointLock.longest)
    }

    /// Replaces the note, if what stands there is still `old`. On disk when it returns.
    func replace(_ old: [UInt8]?, with new: [UInt8]) throws(LedgerError) {
        guard try read() == old else { throw LedgerError(.unsigned(.lockMoved(path))) }
        let failure = SmallFile.replace(path, with: new, files)
        guard failure == 0 else {
            throw LedgerError(WantOfRoom.isCause(of: failure) ? .full : .failed(failure), file: "the lock")
        }
    }
}
