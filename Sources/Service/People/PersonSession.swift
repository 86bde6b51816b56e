internal import AccessModel

/// A person's session. It is known by the SHA-256 of its secret: who reads this memory cannot use it.
struct PersonSession: Sendable {
    var person: String
    var groups: Set<String>
    var aliases: Set<String>
    var began: Timestamp
    var authenticated: Timestamp
    var lastSeen: Timestamp
    var formToken: String
    var channel: String
    /// Of the local operator, who is not among the people of the configuration.
    var isLocal = false
}
