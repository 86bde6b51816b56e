/// What a notification tells of an approval.
package enum NotificationEvent: String, Hashable, Sendable, CaseIterable {
    /// A command, or a change set, waits.
    case requested = "approval.requested"
    /// Nobody has answered for a while: others are asked as well.
    case escalated = "approval.escalated"
    /// Somebody said yes or no.
    case decided = "approval.decided"
    case expired = "approval.expired"
    /// Nobody waits for it any more.
    case withdrawn = "approval.withdrawn"

    /// In words, for subjects and headings.
    package var title: String {
        switch self {
        case .requested: "approval requested"
        case .escalated: "approval still waits"
        case .decided: "approval answered"
        case .expired: "approval expired"
        case .withdrawn: "approval withdrawn"
        }
    }
}
