/// A record that has no place in the ledger yet: the ledger adds id, index and time when it appends it.
///
/// The ledger writes one line:
/// `{"id":"…","index":7,"time":"…","session":"…","kind":"command",BODY}` (`"session":null` where there is none).
package struct RecordDraft: Sendable {
    package var kind: RecordKind
    package var session: ULID?
    /// The members of this kind as JSON, without the braces: `"command":{…},"decision":{…}`.
    package var body: [UInt8]

    package init(kind: RecordKind, session: ULID?, body: [UInt8]) {
        self.kind = kind
        self.session = session
        self.body = body
    }
}
