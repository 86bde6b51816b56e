package import AccessModel

/// Somebody of whom the index has a session, or an attempt at one.
package struct IndexedPrincipal: Hashable, Sendable {
    package var issuer: String
    package var subject: String
    /// Nil where each attempt was refused.
    package var lastSession: ULID?
    /// The record of the last session's beginning, or of the last refusal.
    package var last: [UInt8]
    /// The index's number of a session of theirs.
    package var number: UInt64
}
