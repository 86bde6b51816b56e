package import AccessModel

/// The bounds of one session.
package struct SessionLimits: Sendable {
    /// Without a message from either side.
    package var idle: Duration?
    package var maximum: Duration?
    /// When the role ends.
    package var expires: Timestamp?
    /// How long one side may take nothing of what the other sent.
    package var stall: Duration
    package var connect: Duration
    /// Bytes of one statement, and of one Bind message.
    package var statement: Int
    package var message: Int

    package init(
        idle: Duration? = nil,
        maximum: Duration? = nil,
        expires: Timestamp? = nil,
        stall: Duration = .seconds(60),
        connect: Duration = .seconds(10),
        statement: Int = 1 << 20,
        message: Int = 16 << 20
    ) {
        self.idle = idle
        self.maximum = maximum
        self.expires = expires
        self.stall = stall
        self.connect = connect
        self.statement = statement
        self.message = message
    }
}
