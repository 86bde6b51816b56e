/// What a record tells. The raw value stands in the record.
package enum RecordKind: String, Hashable, Sendable, CaseIterable {
    case sessionOpened = "session.opened"
    case sessionClosed = "session.closed"
    case command
    /// How an earlier command ended; joined with it when read.
    case outcome
    case authenticationRefused = "authentication.refused"
    case approvalRequested = "approval.requested"
    case approvalDecided = "approval.decided"
    case personSignedIn = "person.signed_in"
    case personSignedOut = "person.signed_out"
    case personRefused = "person.refused"
    case policyLoaded = "policy.loaded"
    case gatewayStarted = "gateway.started"
    case gatewayStopped = "gateway.stopped"
}
