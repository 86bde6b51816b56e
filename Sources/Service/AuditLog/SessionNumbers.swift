import AccessModel

/// Counts the records of each live session, so that each can tell its place among them: whoever has some of a session's
/// records sees whether one is missing between, and whether the end is.
struct SessionNumbers {
    private var counts: [ULID: UInt64] = [:]

    /// The number of the session's next record, from 0; 0 for records of no session, which have none.
    func next(of session: ULID?) -> UInt64 {
        session.flatMap { counts[$0] } ?? 0
    }

    mutating func count(_ draft: RecordDraft) {
        guard let session = draft.session else { return }
        if draft.kind == .sessionClosed { counts[session] = nil } else { counts[session, default: 0] += 1 }
    }

    /// Takes the last record back. One that ended its session leaves nothing to be counted.
    mutating func uncount(_ draft: RecordDraft) {
        guard let session = draft.session, let count = counts[session] else { return }
        counts[session] = count == 1 ? nil : count - 1
    }
}
