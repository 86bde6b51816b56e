/// What a held command needs before it may run: whose yes, of how many people, and by when.
package struct ApprovalTerms: Hashable, Sendable, Codable {
    /// Who is asked as well when nobody has answered for a while.
    package struct Escalation: Hashable, Sendable, Codable {
        package var after: Duration
        package var to: [Approver]

        package init(after: Duration, to: [Approver]) {
            self.after = after
            self.to = to
        }
    }

    /// At least one.
    package var approvers: [Approver]
    /// How many different people must say yes.
    package var quorum: Int
    /// How long the command waits.
    package var within: Duration
    package var escalation: Escalation?
    /// People who may not approve it, though they did not ask for it: the role's owner, where the grant says so.
    package var excluded: [String]

    package init(
        approvers: [Approver],
        quorum: Int,
        within: Duration,
        escalation: Escalation? = nil,
        excluded: [String] = []
    ) {
        self.approvers = approvers
        self.quorum = quorum
        self.within = within
        self.escalation = escalation
        self.excluded = excluded
    }
}

extension JSONBytes {
    /// `{"approvers":["group:dba"],"quorum":1,"within_s":900}`
    package mutating func append(_ terms: ApprovalTerms) {
        appendRaw("{")
        member("approvers")
        append(terms.approvers.map(\.description))
        member("quorum")
        append(Int64(terms.quorum))
        member("within_s")
        append(terms.within.components.seconds)
        if let escalation = terms.escalation {
            member("escalation")
            appendRaw("{")
            member("after_s")
            append(escalation.after.components.seconds)
            member("to")
            append(escalation.to.map(\.description))
            appendRaw("}")
        }
        if !terms.excluded.isEmpty {
            member("excluded")
            append(terms.excluded)
        }
        appendRaw("}")
    }
}
