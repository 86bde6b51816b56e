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

    /// What a gateway owes; nothing where there is no session.
    var obligations: Obligations {
        switch self {
        case .refused: .none
        case .decided(_, let explanation): explanation.decision.obligations
        }
    }

    /// By the key of the file: `public.customers.email`, `email`.
    var masks: [(column: String, method: String)] {
        switch self {
        case .refused: []
        case .decided(_, let explanation): explanation.masks.map { ($0.text, $0.method.text) }
        }
    }

    var grant: String? {
        switch self {
        case .refused: nil
        case .decided(_, let explanation): explanation.decision.grant
        }
    }
}
