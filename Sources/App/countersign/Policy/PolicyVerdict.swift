internal import AccessModel
internal import PolicyEngine

/// What a gateway with this configuration would do.
enum PolicyVerdict {
    /// The connection would be refused.
    case refused(reason: String)
    /// There would be a session, and this would be decided.
    case decided(SessionGrant, Explanation)

    /// `allow`, `hold`, `deny`, or `refused`.
    var word: String {
        switch self {
        case .refused: "refused"
        case .decided(_, let explanation): explanation.decision.outcome.rawValue
        }
    }

    var reason: String? {
        switch self {
        case .refused(let reason): reason
        case .decided(_, let explanation): explanation.decision.reason
        }
    }

    var grant: String? {
        switch self {
        case .refused: nil
        case .decided(_, let explanation): explanation.decision.grant
        }
    }
}
