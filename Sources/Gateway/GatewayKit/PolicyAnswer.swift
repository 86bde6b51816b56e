package import AccessModel

/// A decision, and the moment up to which the same question has the same answer.
package struct PolicyAnswer: Sendable {
    package var decision: Decision
    package var validUntil: Timestamp

    package init(decision: Decision, validUntil: Timestamp) {
        self.decision = decision
        self.validUntil = validUntil
    }
}
