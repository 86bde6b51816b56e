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
    /// By analysis, which texts share that differ in integers alone: what the first of them became. Forgotten with `texts`.
    var shapes: [ObjectIdentifier: (plan: StatementPlan, masking: Masking)] = [:]
    /// Whether any mask has been in force: then what the target says of values is never passed on.
    var scrubs = false
    /// Places in the text of the last Parse that masks made another.
    var parsed: PositionMap?

    static let limit = 256

    mutating func forgetTexts() {
        texts.removeAll(keepingCapacity: true)
        shapes.removeAll(keepingCapacity: true)
    }

    mutating func keep(_ masking: Masking, of plan: StatementPlan) {
        if texts.count >= MaskState.limit { texts.removeAll(keepingCapacity: true) }
        texts[ObjectIdentifier(plan)] = (plan, masking)
        guard shapes[ObjectIdentifier(plan.analysis)] == nil else { return }
        if shapes.count >= MaskState.limit { shapes.removeAll(keepingCapacity: true) }
        shapes[ObjectIdentifier(plan.analysis)] = (plan, masking)
    }

    /// What a text becomes, by what another became that differs from it in integers alone.
    func byShape(_ plan: StatementPlan, limit: Int) -> Masking? {
        guard let known = shapes[ObjectIdentifier(plan.analysis)] else { return nil }
        return plan.text.withUnsafeBufferPointer { text in
            known.plan.text.withUnsafeBufferPointer { original in
                switch known.masking {
                case .text(let masked): masked.moved(from: original, to: text, limit: limit).map { .text($0) }
                case .none: ShapeCache.isOneShape(original, text) ? Masking.none : nil
                case .refused, .waiting: nil
                }
            }
        }
    }
}
