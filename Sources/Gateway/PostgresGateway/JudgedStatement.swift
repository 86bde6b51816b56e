internal import AccessModel
internal import StatementAnalysis

/// A plan in one session: its effects with names resolved, what policy said of them, and the rest of its record.
final class JudgedStatement {
    let decision: Decision
    let effects: [Effect]
    /// `,"effects":[…]},"decision":{…},"masked":[…]`
    let recordTail: [UInt8]
    let isChange: Bool
    /// Whether names without a schema may mean something else after it.
    let movesSearchPath: Bool
    /// Whether names may mean something else after it; and the relations that it makes or alters.
    let definesObjects: Bool
    let made: Set<ObjectName>
    /// Whether it may take definitions back that its transaction made.
    let mayUndo: Bool
    /// Refused for a name that the snapshot does not have: what PostgreSQL says of such a name.
    let unknownState: String?
    /// The masked columns that it can see masked alone; with any, the message is sent in other words.
    let masked: [MaskedText.MaskedColumns]
    let maskedColumns: Int
    let validUntil: Timestamp
    let isAllowed: Bool
    /// Whether people can let it pass.
    var isHeld: Bool { decision.outcome == .hold && !decision.approvals.isEmpty }
    /// The most rows that a transaction with it may have changed; nil where it changes none, or they are not bounded.
    let changeLimit: Int?
    /// Allowed, with nothing to do for it but to record it: no obligation, no mask, no definition that it makes.
    let owesNothing: Bool

    init(
        decision: Decision,
        recordTail: [UInt8],
        isChange: Bool,
        resolution: EffectResolution?,
        masked: [MaskedText.MaskedColumns],
        validUntil: Timestamp
    ) {
        self.decision = decision
        effects = resolution?.effects ?? []
        self.recordTail = recordTail
        self.isChange = isChange
        movesSearchPath = resolution?.movesSearchPath ?? false
        definesObjects = resolution?.definesObjects ?? false
        made = resolution?.made ?? []
        mayUndo = resolution?.mayUndo ?? false
        unknownState = resolution?.unknownState
        self.masked = masked
        maskedColumns = masked.reduce(0) { $0 + $1.columns.count }
        self.validUntil = validUntil
        isAllowed = decision.outcome == .allow
        changeLimit = resolution?.changesRows == true ? decision.obligations.rowsChanged : nil
        owesNothing =
            decision.outcome == .allow && decision.obligations == .none && masked.isEmpty
            && resolution?.unknownState == nil && resolution?.definesObjects != true
    }

    /// The same statement after people have answered: for this once, in the place of what policy said.
    func settled(_ decision: Decision, recordTail: [UInt8]) -> JudgedStatement {
        JudgedStatement(of: self, decision: decision, recordTail: recordTail)
    }

    private init(of other: JudgedStatement, decision: Decision, recordTail: [UInt8]) {
        self.decision = decision
        self.recordTail = recordTail
        effects = other.effects
        isChange = other.isChange
        movesSearchPath = other.movesSearchPath
        definesObjects = other.definesObjects
        made = other.made
        maskedColumns = other.maskedColumns
        mayUndo = other.mayUndo
        unknownState = other.unknownState
        masked = other.masked
        validUntil = other.validUntil
        isAllowed = decision.outcome == .allow
        changeLimit = other.changeLimit
        // It stands for one message.
        owesNothing = false
    }
}
