package import AccessModel

extension PolicySet {
    /// A person who is active; nil for everybody else.
    package func person(_ id: String) -> Person? {
        configuration.people.first { $0.id.hasBytes(of: id) && $0.status == .active }
    }

    /// Whether a grant names the person, or a group of theirs, among those who may approve.
    package func isApprover(_ id: String, groups: Set<String>) -> Bool {
        hasApprover { $0.names(id, groups: groups) }
    }

    /// Whether a grant lets whoever may open the admin socket approve.
    package var hasLocalApprover: Bool { hasApprover { $0 == .local } }

    private func hasApprover(_ isMeant: (Approver) -> Bool) -> Bool {
        roles.values.contains { compiled in
            compiled.role.grants.contains { grant in
                let terms = grant.approval
                return ((terms?.approvers ?? []) + (terms?.escalation?.to ?? [])).contains(where: isMeant)
            }
        }
    }
}

extension Approver {
    /// Whether this is the person, or a group that the person is in.
    package func names(_ id: String, groups: Set<String>) -> Bool {
        switch self {
        case .person(let person): person == id
        case .group(let group): groups.contains(group)
        case .local: false
        }
    }
}
