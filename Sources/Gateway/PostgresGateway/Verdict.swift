internal import NIOCore
internal import PostgresWire
internal import StatementAnalysis

/// What was decided of one message of the client.
final class Verdict {
    let kind: FrontendKind
    /// Nil for a message about a name that the session does not have.
    var plan: StatementPlan?
    var judgement: JudgedStatement?
    /// The parameters as JSON; empty for a message that has none.
    var parameters: [UInt8] = []
    /// Not nil: refused, and with this error; the record's id is added to its message.
    var refusal: ErrorFields? {
        didSet { isAllowed = refusal == nil }
    }
    /// Kept beside the refusal, which would be copied as a whole to be looked at.
    private(set) var isAllowed = true
    /// The message in other words, where the gateway may not let it pass as it is.
    var rewritten: ByteBuffer?
    /// The text with its masks, where it reads what is masked.
    var masked: MaskedText?
    /// Names that the message gives or uses.
    var statementName = ""
    var portalName = ""
    var parameterTypes: [UInt32] = []
    var prepared: PreparedStatement?
    var portal: Portal?
    /// What people approved, for a message that they let pass.
    var approved: [UInt8]?

    /// A refusal that no policy gave (a name that does not exist) leaves no record.
    var isRecorded: Bool { plan != nil && judgement != nil }

    init(_ kind: FrontendKind) {
        self.kind = kind
    }
}
