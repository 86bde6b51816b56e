internal import AccessModel

/// A plan in one session: its effects with names resolved, what policy said of them, and the rest of its record.
final class JudgedStatement {
    let decision: Decision
    /// `,"effects":[…]},"decision":{…}`
    let recordTail: [UInt8]
    let isChange: Bool
    /// Whether names without a schema may mean something else after it.
    let movesSearchPath: Bool
    let validUntil: Timestamp
    let isAllowed: Bool

    init(
        decision: Decision,
        recordTail: [UInt8],
        isChange: Bool,
        movesSearchPath: Bool,
        validUntil: Timestamp
    ) {
        self.decision = decision
        self.recordTail = recordTail
        self.isChange = isChange
        self.movesSearchPath = movesSearchPath
        self.validUntil = validUntil
        isAllowed = decision.outcome == .allow
    }
}
