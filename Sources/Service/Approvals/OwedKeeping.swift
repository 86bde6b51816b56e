internal import AccessModel

/// What is still to be done before memory, the store and the ledger say the same of a change set.
///
/// What gives something (a request, a yes) is recorded first, and kept when its record is on disk; so nothing is kept that
/// the ledger might not tell. What takes something (a no, the end of its time) is kept first, and then recorded; so nothing
/// is told that a crash could undo.
enum OwedKeeping: Hashable {
    /// Its state, once the record of that number is on disk.
    case state(after: UInt64)
    /// Its end, and then the record of it.
    case end
    /// The record of its end, which is kept.
    case record
}

extension ApprovalDesk.Entry {
    /// `at`: nil where the next tick shall do it.
    mutating func owe(_ owed: OwedKeeping, at now: Timestamp? = nil) {
        self.owed = owed
        tried = now
    }
}
