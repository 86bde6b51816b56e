import Glibc

/// Holds a ledger for one process: flock(2) on `DIRECTORY/lock`, given back when this goes or the process ends.
final class LedgerLock: Sendable {
    private let file: OpenFile

    init(_ layout: LedgerLayout) throws(LedgerError) {
        file = try OpenFile(layout.lock, O_RDWR | O_CREAT, name: "lock")
        let failure = file.lock()
        guard failure == 0 else {
            throw LedgerError(failure == EWOULDBLOCK ? .locked : .unreadable(failure), file: "lock")
        }
    }
}
