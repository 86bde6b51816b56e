internal import AccessModel

/// A login that was begun and not ended yet. It belongs to one browser: `browser` is the cookie that it got.
struct LoginAttempt: Sendable {
    var browser: String
    var nonce: String
    /// PKCE (RFC 7636 section 4.1).
    var verifier: String
    /// A path of the console to go on at.
    var returnTo: String
    var began: Timestamp
    /// The session that proves itself anew; nil for a first login.
    var renews: String?
}
