/// What the target owes for one message that was forwarded to it, in the order of forwarding.
public struct ExpectedReply: Hashable, Sendable {
    /// The message that it answers.
    public enum Kind: UInt8, Hashable, Sendable {
        case parse, bind, describe, close, execute, query, sync
        /// The execution of a portal that does not exist, put in the place of a refused message.
        case poison
        /// Owes nothing; marks where the client ended its COPY data, so that a Sync sent before it is known to be one
        /// that the target passes over while it reads the data.
        case copyEnd
        /// A question of the gateway itself; its answer is not for the client.
        case probe
    }

    /// What is owed.
    public var kind: Kind
    /// The number of the command that this message belongs to: of a query, a bind, and each execute of its portal.
    public var command: UInt32
    /// Of a describe: the number that the session gave to what it asks about; 0 for none.
    public var subject: UInt32 = 0

    /// What is owed for a message of this kind.
    public init(_ kind: Kind, command: UInt32 = 0) {
        self.kind = kind
        self.command = command
    }
}
