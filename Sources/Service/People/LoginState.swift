internal import AccessModel

/// All that a login desk remembers. Every secret is known by its SHA-256: who reads this memory cannot use it.
struct LoginState {
    var attempts: [String: LoginAttempt] = [:]
    var sessions: [String: PersonSession] = [:]
    /// For command lines, by the digest of the code.
    var codes: [String: HandOver] = [:]
    /// When links for the local operator were made, by the digest of their key.
    var links: [String: Timestamp] = [:]
}
