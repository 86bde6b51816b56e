import AccessModel

/// Checks what records say, one after the other: form, place, time, and that outcomes and blobs belong to commands.
struct RecordCheck {
    private let blobs: BlobStore
    private var commands = IndexSet()
    private var answered = IndexSet()
    private var lastTime: Timestamp?
    private var seenBlobs: Set<String> = []
    /// Set once records may have been passed over: what is missing may have been among them.
    var hasGap = false

    var blobCount: Int { seenBlobs.count }

    init(blobs: BlobStore) {
        self.blobs = blobs
    }

    /// Nil when the record is as a gateway writes it.
    mutating func fault(in line: [UInt8], index: UInt64) throws(LedgerError) -> String? {
        guard let record = JSONMembers(line), String(validating: line, as: UTF8.self) != nil, !line.contains(0x0A)
        else {
            return "the record is not one line of well-formed JSON"
        }
        guard let opening = RecordOpening(line) else { return "the record does not begin with its id, index and time" }
        guard opening.index == index, RecordIdentifiers.index(of: opening.id) == index else {
            return "the record says that it is another one"
        }
        defer { lastTime = max(lastTime ?? opening.time, opening.time) }
        if let lastTime, opening.time < lastTime { return "the record is older than the one before it" }
        guard let name = record.string("kind"), let kind = RecordKind(rawValue: name) else {
            return "the record is of a kind that is not known"
        }
        switch kind {
        case .command: return try fault(inCommand: record, index: index)
        case .outcome: return fault(inOutcome: record, index: index)
        case .approvalDecided, .approvalRequested, .sessionOpened, .sessionClosed, .authenticationRefused,
            .policyLoaded,
            .personSignedIn, .personSignedOut, .personRefused, .gatewayStarted, .gatewayStopped:
            return nil
        }
    }

    private mutating func fault(inCommand record: JSONMembers, index: UInt64) throws(LedgerError) -> String? {
        _ = commands.insert(index)
        guard let command = record.object("command") else { return "the command is missing" }
        if command.isNull("text"), let fault = try fault(inBlob: command.string("sha256"), "the command's text") {
            return fault
        }
        guard command.isNull("parameters"), let kept = command.object("parameters_blob") else { return nil }
        return try fault(inBlob: kept.string("sha256"), "the command's parameters")
    }

    private mutating func fault(inBlob digest: String?, _ what: String) throws(LedgerError) -> String? {
        guard let digest else { return "\(what) are not named" }
        guard seenBlobs.insert(digest).inserted else { return nil }
        switch try blobs.check(digest) {
        case .whole: return nil
        case .missing: return "\(what) are missing: blob \(digest)"
        case .changed: return "\(what) were changed: blob \(digest)"
        }
    }

    private mutating func fault(inOutcome record: JSONMembers, index: UInt64) -> String? {
        guard let of = record.number("of_index"), let id = record.string("of").flatMap({ ULID($0) }),
            RecordIdentifiers.index(of: id) == of, of < index
        else { return "the outcome names no command before it" }
        guard commands.contains(of) || hasGap else { return "the outcome is of a record that is no command" }
        guard answered.insert(of) else { return "command \(of) has an outcome already" }
        return nil
    }
}
