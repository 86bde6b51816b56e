/// Why an answer to a hold was not taken. Safe to show to whoever gave it.
package enum ApprovalRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unknown
    /// It ended: `approved`, `denied`, `expired`, `withdrawn`.
    case over(String)
    case notApprover
    case ownRequest
    /// The grant says that the role's owner does not approve.
    case owner
    case alreadyAnswered
    /// The digest that the answer names is not this command's.
    case notWhatWasShown
    case reasonTooLong
    /// The ledger does not take the answer's record, so it does not count.
    case notRecorded
    case tooMany
    /// The store of change sets does not take it.
    case notKept
    /// A yes was recorded, and the store does not take it yet.
    case yesNotKept
    /// A no counts as long as the process lives, and the store does not take it yet.
    case endNotKept
    /// A no is kept, and the ledger does not take its record yet.
    case endNotRecorded

    package var description: String {
        switch self {
        case .unknown: "there is no such approval"
        case .over(let state): "it is over: \(state)"
        case .notApprover: "you are not among those who may approve this command"
        case .ownRequest: "nobody approves their own request"
        case .owner: "the owner of this role may not approve what it asks for"
        case .alreadyAnswered: "you have answered already"
        case .notWhatWasShown: "what waits is not what was shown: look at it again"
        case .reasonTooLong: "the reason is longer than 1,000 characters"
        case .notRecorded: "the ledger takes no records now, so the answer was not taken"
        case .tooMany: "too many commands wait for an approval"
        case .notKept: "it could not be kept: see the gateway's log"
        case .yesNotKept:
            "the answer is recorded but could not be kept: until it is, nothing runs by it, and a restart forgets it; see the gateway's log"
        case .endNotKept:
            "nothing runs by it any more, but its end could not be kept yet: a restart before it is brings it back; see the gateway's log"
        case .endNotRecorded: "it is ended for good; the ledger takes no records now, so the record of it comes later"
        }
    }
}
