internal import AccessModel

/// A code that a command line may exchange for a session, once.
struct HandOver: Sendable {
    /// The browser's session that it comes from: its digest, and what it was.
    var origin: String
    var session: PersonSession
    /// PKCE (RFC 7636 section 4.2).
    var challenge: CodeChallenge
    var made: Timestamp
}
