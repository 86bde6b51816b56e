internal import NIOCore
internal import PostgresWire

/// What a session keeps of the rows that its transaction has changed, where they are bounded.
struct ChangeState {
    /// The transaction that the gateway puts around a query which would commit by itself.
    enum Bracket: Hashable {
        case none
        /// BEGIN is out.
        case opening
        /// It was answered otherwise than it must be: the query may not go.
        case failed
        case open
        /// COMMIT or ROLLBACK is out; the query was answered, and every command up to `through` with it.
        case closing(through: UInt32)
    }

    /// Whether any statement that the session was allowed has such a bound.
    var isOn = false
    /// Changed in this transaction, also by what a savepoint took back.
    var rows: UInt64 = 0
    var bracket = Bracket.none
    /// The CommandComplete that the client gets once it is sure.
    var held: ByteBuffer?
    /// The command that passed the bound, and what its client is told.
    var excess: (command: UInt32, refusal: ErrorFields)?
    /// What the target said when the transaction was to end.
    var failure: ByteBuffer?
}
