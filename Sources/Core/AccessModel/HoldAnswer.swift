/// How a hold ended, for the gateway whose connection waits.
package enum HoldAnswer: Hashable, Sendable {
    /// The command may run, once, if it is still what was approved.
    case approved(ApprovalReference)
    /// It may not: why, in words for the caller.
    case refused(reason: String)
}
