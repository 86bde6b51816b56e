/// A record that has no place in the ledger yet: the ledger adds id, index and time when it appends it.
///
/// The ledger writes one line:
/// `{"id":"…","index":7,"time":"…","session":"…","kind":"command",BODY}` (`"session":null` where there is none).
public struct RecordDraft: Sendable {
    /// What it tells.
    public var kind: RecordKind
    /// The session that it is of.
    public var session: ULID?
    /// The members of this kind as JSON, without the braces: `"command":{…},"decision":{…}`.
    public var body: [UInt8]

    /// As it is.
    @inlinable
    public init(kind: RecordKind, session: ULID?, body: [UInt8]) {
        self.kind = kind
        self.session = session
        self.body = body
    }
}
