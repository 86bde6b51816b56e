package import AccessModel

/// A change set as it is kept across restarts: what was asked for, the answers, and what was used.
package struct ChangeSetSnapshot: Hashable, Sendable, Codable {
    package var id: ULID
    package var set: ChangeSet
    package var terms: [ApprovalTerms]
    package var created: Timestamp
    package var digest: String
    package var votes: [Vote]
    package var isApproved: Bool
    package var isEscalated: Bool
    package var uses: [ChangeSetUse]
}
