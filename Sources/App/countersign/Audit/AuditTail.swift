internal import AccessModel
internal import AuditLog
internal import SearchIndex

/// What is new in the ledger since it was last asked, in order. A command waits for its outcome, but not for long, and
/// what follows it waits with it: so each record is told once, and none is passed over.
struct AuditTail {
    let source: AuditSource
    let query: AuditQuery
    /// The index of the first record that was not told.
    private(set) var next: UInt64

    private static let patience = Duration.seconds(1)
    private static let most = 1000

    init(source: AuditSource, query: AuditQuery, next: UInt64) {
        self.source = source
        self.query = query
        self.next = next
    }

    mutating func take(at now: Timestamp) throws -> [[UInt8]] {
        try source.refresh()
        let end = source.end
        var told: [[UInt8]] = []
        var isWaiting = false
        let after = next == 0 ? nil : next - 1
        var reached = next
        try source.read(query, order: .oldestFirst, after: after, limit: AuditTail.most) { line in
            guard !isWaiting, let record = RecordView(line) else { return }
            isWaiting = AuditTail.isYoung(record, at: now)
            guard !isWaiting, let index = record.members.number("index") else { return }
            told.append(line)
            reached = index + 1
        }
        // With nothing left that matches, what does not match needs no second look.
        let isDone = !isWaiting && told.count < AuditTail.most
        next = isDone ? max(reached, end) : reached
        return told
    }

    /// Whether a command has no outcome yet, and may still get one soon.
    static func isYoung(_ record: RecordView, at now: Timestamp) -> Bool {
        guard record.kind == "command", record.members.isNull("outcome"),
            let time = record.members.string("time").flatMap({ Timestamp(rfc3339: $0) })
        else { return false }
        return now < time.advanced(by: patience)
    }
}
