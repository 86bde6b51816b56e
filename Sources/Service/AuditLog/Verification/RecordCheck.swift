import AccessModel

/// Checks what records say, one after the other: form, place, time, and that outcomes and blobs belong to commands.
struct RecordCheck {
    private let blobs: BlobStore
    private var commands = IndexSet()
    private var answered = IndexSet()
    private var lastTime: Timestamp?
    private var seenBlobs: Set<String> = []
    /// Blobs that are not there, with the record that needs each; and those that a record says were erased.
    private var missing: [String: (index: UInt64, what: String)] = [:]
    private var erased: [String: UInt64] = [:]
    /// The number that the next record of each session must have.
    private var numbers: [String: UInt64] = [:]
    private(set) var keys: KeyChain
    /// Set once records may have been passed over: what is missing may have been among them.
    var hasGap = false

    var blobCount: Int { seenBlobs.count - erasedCount }
    var erasedCount: Int { missing.keys.count { erased[$0] != nil } }

    /// Records that need a blob that is not there, and that no record says was erased.
    var unexplained: [(index: UInt64, what: String)] {
        missing.filter { erased[$0.key] == nil }.map(\.value).sorted { $0.index < $1.index }
    }

    init(blobs: BlobStore, keys: KeyChain) {
        self.blobs = blobs
        self.keys = keys
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
        if let fault = faultOfPlace(record, kind) { return fault }
        switch kind {
        case .command: return try fault(inCommand: record, index: index)
        case .outcome: return fault(inOutcome: record, index: index)
        case .keyRotated: return keys.rotate(record, at: index)
        case .blobErased:
            guard let blob = record.object("erased")?.string("blob") else { return "the erased blob is not named" }
            erased[blob] = index
            return nil
        case .heartbeat, .approvalDecided, .approvalEscalated, .approvalRequested, .sessionOpened, .sessionClosed,
            .authenticationRefused, .personSignedIn, .personSignedOut, .personRefused, .personLinkMade, .sessionKilled,
            .evidenceTaken, .gatewayStarted, .gatewayStopped:
            return nil
        case .witnessConflict, .witnessesLost, .witnessesRestored: return nil
        case .policyLoaded: return try fault(inPolicy: record)
        }
    }

    /// The salt, and the number of the record in its session.
    private mutating func faultOfPlace(_ record: JSONMembers, _ kind: RecordKind) -> String? {
        guard record.string("salt").flatMap({ ULID($0) }) != nil else { return "the record has no salt" }
        // A new process has no sessions of the one before.
        if kind == .gatewayStarted { numbers.removeAll() }
        guard let session = record.string("session") else { return nil }
        guard let number = record.number("n") else { return "the record has no number in its session" }
        let expected = numbers[session] ?? 0
        numbers[session] = kind == .sessionClosed ? nil : number + 1
        guard number == expected || hasGap else {
            return "the record is number \(number) of its session, where \(expected) comes"
        }
        return nil
    }

    private mutating func fault(inCommand record: JSONMembers, index: UInt64) throws(LedgerError) -> String? {
        _ = commands.insert(index)
        guard let command = record.object("command") else { return "the command is missing" }
        if command.isNull("text"), let fault = try fault(inBlob: command.string("sha256"), "the command's text", index)
        {
            return fault
        }
        guard command.isNull("parameters"), let kept = command.object("parameters_blob") else { return nil }
        return try fault(inBlob: kept.string("sha256"), "the command's parameters", index)
    }

    /// The text of a policy may be kept beside the ledger, under the digest that names the policy. It need not be there.
    private mutating func fault(inPolicy record: JSONMembers) throws(LedgerError) -> String? {
        guard let policy = record.string("policy"), policy.hasPrefix("sha256:") else {
            return "the policy is not named"
        }
        let digest = String(policy.dropFirst(7))
        guard seenBlobs.insert(digest).inserted else { return nil }
        switch try blobs.check(digest) {
        case .whole: return nil
        case .missing:
            seenBlobs.remove(digest)
            return nil
        case .changed: return "the policy's text was changed: blob \(digest)"
        }
    }

    private mutating func fault(inBlob digest: String?, _ what: String, _ index: UInt64) throws(LedgerError) -> String?
    {
        guard let digest else { return "\(what) are not named" }
        guard seenBlobs.insert(digest).inserted else { return nil }
        switch try blobs.check(digest) {
        case .whole: return nil
        // A later record may say that it was erased.
        case .missing:
            missing[digest] = (index, "\(what) are missing: blob \(digest)")
            return nil
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
