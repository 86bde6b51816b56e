internal import AccessModel

/// How much of a session is in a bundle. A gateway numbers the records of each session from 0 (`"n"`), so that whoever has
/// them sees whether one is missing between, or behind.
package struct SessionExtent: Hashable, Sendable {
    package var id: String
    package var records: Int
    /// From its beginning to its end, without a gap.
    package var isWhole: Bool

    /// In the order in which the sessions first occur.
    static func all(in records: [EvidenceRecord]) -> [SessionExtent] {
        var order: [String] = []
        var sessions: [String: [EvidenceRecord]] = [:]
        for record in records {
            guard let id = record.session else { continue }
            if sessions[id] == nil { order.append(id) }
            sessions[id, default: []].append(record)
        }
        return order.map { id in
            let own = sessions[id] ?? []
            return SessionExtent(id: id, records: own.count, isWhole: isWhole(own))
        }
    }

    /// What is recorded of a session behind its end (an approval that nobody waits for) is numbered anew.
    private static func isWhole(_ records: [EvidenceRecord]) -> Bool {
        guard records.first?.kind == RecordKind.sessionOpened.rawValue,
            let end = records.firstIndex(where: { $0.kind == RecordKind.sessionClosed.rawValue })
        else { return false }
        return records[...end].enumerated().allSatisfy { $0.element.members.number("n") == UInt64($0.offset) }
    }
}
