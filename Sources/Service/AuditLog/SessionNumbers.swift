import AccessModel

/// Counts the records of each live session, so that each can tell its place among them: whoever has some of a session's
/// records sees whether one is missing between, and whether the end is.
struct SessionNumbers {
    private var counts: [ULID: UInt64] = [:]

    /// Counts a record, and tells its number, from 0; 0 for records of no session, which have none.
    mutating func count(_ draft: RecordDraft) -> UInt64 {
        guard let session = draft.session else { return 0 }
        if draft.kind == .sessionClosed { return counts.removeValue(forKey: session) ?? 0 }
        return SessionNumbers.next(&counts[session, default: 0])
    }

    private static func next(_ count: inout UInt64) -> UInt64 {
        defer { count += 1 }
        return count
    }

    /// Takes the last record back, which had this number: the session's next one has it, also behind an end that was not taken.
    mutating func uncount(_ draft: RecordDraft, _ number: UInt64) {
        guard let session = draft.session else { return }
        counts[session] = number == 0 ? nil : number
    }
}
