internal import AccessModel

/// A plan in one session: its effects with names resolved, what policy said of them, and the rest of its record.
struct JudgedStatement {
    var decision: Decision
    /// `,"effects":[…]},"decision":{…}`
    var recordTail: [UInt8]
    var isChange: Bool
    /// Whether names without a schema may mean something else after it.
    var movesSearchPath: Bool
    var validUntil: Timestamp

    var isAllowed: Bool { decision.outcome == .allow }
}
