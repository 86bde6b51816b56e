/// The byte of ReadyForQuery.
public enum TransactionStatus: UInt8, Hashable, Sendable {
    case idle = 0x49  // I
    case inTransaction = 0x54  // T
    case failed = 0x45  // E
}
