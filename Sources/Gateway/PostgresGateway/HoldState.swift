internal import AccessModel
internal import PostgresWire

/// Where the message at the front stands that waits for people, and what of the batch before it waits with it.
struct HoldState {
    enum Step {
        case none
        /// `canonical` is what was asked for, without its end.
        case asking(canonical: [UInt8])
        case waiting(HoldTicket, canonical: [UInt8])
        case answered(HoldTicket, HoldAnswer, canonical: [UInt8])
        case cancelled(HoldTicket)
    }

    enum Estimate {
        case unasked, asking
        /// Nil: the target did not say.
        case known(UInt64?)
    }

    var step = Step.none
    /// The rows that the target's planner expects of the message at the front.
    var estimate = Estimate.unasked
    /// The catalog was read again after the answer: what was approved means what it meant.
    var isRefreshed = false
    /// Whether policy holds anything for these roles here: only then does a batch wait for its end.
    var mayHold = false
    /// The batch is kept until its Sync or Flush was judged, so that nothing of it has run while a part of it waits.
    var keepsBatch = false

    /// The message at the front went out, or was refused: what was answered served for it, and for nothing else.
    mutating func carriedOut() {
        estimate = .unasked
        switch step {
        case .none, .asking, .waiting: break
        case .answered, .cancelled: step = .none
        }
    }

    var estimatedRows: UInt64? {
        if case .known(let rows) = estimate { rows } else { nil }
    }

    var isWaiting: Bool {
        switch step {
        case .asking, .waiting: true
        case .none, .answered, .cancelled: false
        }
    }
}
