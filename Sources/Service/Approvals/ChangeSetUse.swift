package import AccessModel

/// Statements of a change set that a session was let run.
package struct ChangeSetUse: Hashable, Sendable, Codable {
    /// Of the use, not of the set.
    package var id: ULID
    package var numbers: [Int]
    package var session: ULID
    package var at: Timestamp
}
