package import AccessModel

/// A change set as it is kept across restarts: what was asked for, the answers, and what was used.
///
/// One that has ended is kept too, until the record of its end is on disk: whatever else is lost, it does not come back.
package struct ChangeSetSnapshot: Hashable, Sendable, Codable {
    /// How it ended.
    package struct End: Hashable, Sendable, Codable {
        package var state: HoldState
        package var at: Timestamp
    }

    package var id: ULID
    package var set: ChangeSet
    package var terms: [ApprovalTerms]
    package var created: Timestamp
    package var digest: String
    package var votes: [Vote]
    package var isApproved: Bool
    package var isEscalated: Bool
    package var uses: [ChangeSetUse]
    /// Nil as long as it waits or may serve.
    package var end: End?
}
