internal import AccessModel

/// Makes ids of sessions.
enum SessionIdentifier {
    static func make(at now: Timestamp) -> ULID {
        var random = SystemRandomNumberGenerator()
        return ULID(at: now, tailHigh: UInt16.random(in: .min ... .max, using: &random), tailLow: random.next())
    }
}
