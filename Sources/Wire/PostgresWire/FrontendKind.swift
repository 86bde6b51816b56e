/// The messages that a client may send after start-up, by type byte. PostgreSQL manual, Message Formats.
public enum FrontendKind: UInt8, Hashable, Sendable, CaseIterable {
    case bind = 0x42  // B
    case close = 0x43  // C
    case copyData = 0x64  // d
    case copyDone = 0x63  // c
    case copyFail = 0x66  // f
    case describe = 0x44  // D
    case execute = 0x45  // E
    case flush = 0x48  // H
    case functionCall = 0x46  // F
    case parse = 0x50  // P
    case password = 0x70  // p
    case query = 0x51  // Q
    case sync = 0x53  // S
    case terminate = 0x58  // X

    /// Whether what the target does for it depends on how names are looked up.
    @inlinable public var readsNames: Bool {
        switch self {
        case .bind, .execute, .functionCall, .parse, .query: true
        case .close, .copyData, .copyDone, .copyFail, .describe, .flush, .password, .sync, .terminate: false
        }
    }
}
