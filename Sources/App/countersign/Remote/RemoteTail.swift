internal import AccessModel
internal import Console

/// As `AuditTail`, of a gateway elsewhere.
struct RemoteTail {
    let audit: RemoteAudit
    /// The index of the first record that was not told.
    private(set) var next: UInt64

    init(audit: RemoteAudit, next: UInt64) {
        self.audit = audit
        self.next = next
    }

    mutating func take(at now: Timestamp) async throws -> [[UInt8]] {
        let cursor = next == 0 ? nil : PageCursor.record(next - 1).text
        let page = try await audit.page(order: .oldestFirst, cursor: cursor, limit: .max)
        var told: [[UInt8]] = []
        for line in page.lines {
            guard let record = RecordView(line), !AuditTail.isYoung(record, at: now),
                let index = record.members.number("index")
            else { return told }
            told.append(line)
            next = index &+ 1
        }
        if let reached = page.reached { next = max(next, reached &+ 1) }
        return told
    }
}
