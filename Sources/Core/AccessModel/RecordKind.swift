/// What a record tells. The raw value stands in the record.
public enum RecordKind: String, Hashable, Sendable, CaseIterable {
    case sessionOpened = "session.opened"
    case sessionClosed = "session.closed"
    case command
    /// How an earlier command ended; joined with it when read.
    case outcome
    case authenticationRefused = "authentication.refused"
    case approvalRequested = "approval.requested"
    case approvalDecided = "approval.decided"
    /// Nobody has answered for a while: others are asked as well.
    case approvalEscalated = "approval.escalated"
    case personSignedIn = "person.signed_in"
    case personSignedOut = "person.signed_out"
    case personRefused = "person.refused"
    /// A link was made that logs in the local operator.
    case personLinkMade = "person.link_made"
    /// A person ended a session, or took a bundle of records with them.
    case sessionKilled = "session.killed"
    case evidenceTaken = "evidence.taken"
    case policyLoaded = "policy.loaded"
    case gatewayStarted = "gateway.started"
    case gatewayStopped = "gateway.stopped"
    /// No quorum of witnesses has cosigned for a while.
    case witnessesLost = "witnesses.lost"
    case witnessesRestored = "witnesses.restored"
    /// A witness knows another history of this ledger.
    case witnessConflict = "witness.conflict"
    /// Nothing else was recorded for a while.
    case heartbeat = "gateway.heartbeat"
    /// The ledger's next key, named under the one before it.
    case keyRotated = "ledger.key_rotated"
    /// A long text or a recording was deleted under a rule.
    case blobErased = "blob.erased"
}
