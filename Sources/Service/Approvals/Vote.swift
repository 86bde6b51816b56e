package import AccessModel

/// One person's answer.
package struct Vote: Hashable, Sendable, Codable {
    package enum Verdict: String, Hashable, Sendable, Codable {
        case approve, deny
    }

    package var person: ApprovingPerson
    package var verdict: Verdict
    package var reason: String?
    package var at: Timestamp

    package init(person: ApprovingPerson, verdict: Verdict, reason: String?, at: Timestamp) {
        self.person = person
        self.verdict = verdict
        self.reason = reason
        self.at = at
    }
}
