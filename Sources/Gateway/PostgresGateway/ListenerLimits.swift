/// The bounds of a listener.
package struct ListenerLimits: Sendable {
    /// From the connection to a valid token.
    package var authentication: Duration
    package var halfOpen: Int
    package var sessions: Int
    /// Bytes of a password message.
    package var token: Int

    package init(
        authentication: Duration = .seconds(10),
        halfOpen: Int = 1000,
        sessions: Int = 10_000,
        token: Int = 65_536
    ) {
        self.authentication = authentication
        self.halfOpen = halfOpen
        self.sessions = sessions
        self.token = token
    }
}
