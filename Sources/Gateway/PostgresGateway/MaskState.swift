internal import AccessModel
internal import StatementAnalysis

/// The masks of a session, and the texts that they made.
struct MaskState {
    /// What a text becomes with the masks in force.
    enum Masking {
        /// Nothing: it reads nothing that is masked.
        case none
        case text(MaskedText)
        case refused(MaskRefusal)
        /// It is being made on a thread with a deep stack.
        case waiting
    }

    /// Nil until they are asked for anew.
    var inForce: MasksInForce?
    var until = Timestamp(microseconds: 0)
    /// By plan, which is held: no other one takes its identity. Good for the session's answers of one generation.
    var texts: [ObjectIdentifier: (plan: StatementPlan, masking: Masking)] = [:]
    /// Whether any mask has been in force: then what the target says of values is never passed on.
    var scrubs = false
    /// Places in the text of the last Parse that masks made another.
    var parsed: PositionMap?

    static let limit = 256
}
