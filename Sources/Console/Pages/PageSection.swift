internal import AccessModel

/// Where the navigation leads, and who is led there.
enum PageSection: String, CaseIterable {
    case overview, approvals, sessions, audit, identities, explain, health

    var path: String { self == .overview ? "/" : "/\(rawValue)" }

    var label: String {
        switch self {
        case .overview: "Overview"
        case .approvals: "Approvals"
        case .sessions: "Sessions"
        case .audit: "Audit"
        case .identities: "Identities"
        case .explain: "Explain"
        case .health: "Health"
        }
    }

    func isOpen(to person: SignedInPerson) -> Bool {
        switch self {
        case .overview, .health: true
        case .approvals: person.may(.approver) || person.may(.auditor)
        case .sessions, .audit, .identities, .explain: person.may(.auditor)
        }
    }
}
