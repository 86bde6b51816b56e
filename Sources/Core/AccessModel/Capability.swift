/// What a person may do in the console and the API, beyond answering the approvals that they are asked for.
package enum Capability: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Reads the audit trail, sessions, identities and evidence.
    case auditor
    /// Answers the approvals that name them. Who is named in a grant has it.
    case approver
    /// Ends sessions, reloads the policy, and whatever changes the gateway.
    case administrator

    package static func < (left: Capability, right: Capability) -> Bool { left.rawValue < right.rawValue }
}
