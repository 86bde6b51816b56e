internal import AccessModel
internal import AuditLog
internal import SearchIndex

/// The records of a data directory, through its search index, which is brought up to the ledger first.
final class AuditSource {
    private let file: IndexFile
    private let index: LedgerIndex
    private let reader: LedgerReader
    private let directory: DataDirectory
    /// Where the ledger could not be read further.
    private var damage: String?
    /// The index of the first record that is not known here.
    private(set) var end: UInt64 = 0

    /// Bytes of a statement that is kept beside its record. A message of a client is smaller.
    private static let longest = 256 << 20

    init(_ directory: DataDirectory) throws {
        self.directory = directory
        reader = try directory.reader()
        file = try IndexFile(in: directory)
        index = try LedgerIndex(path: file.path, reader: reader) { Terminal.complain("countersign: \($0)") }
        try refresh()
    }

    /// Reads what the ledger has more.
    func refresh() throws {
        let progress = ProgressLine()
        defer { progress.clear() }
        do {
            // The head comes first: what a gateway appends meanwhile can only be more.
            let head = try reader.head()
            try index.catchUp { progress.show("indexing the ledger: \($0) records") }
            end = try index.end
            if let head, end < head.size {
                damage = "the ledger had \(head.size) records, and \(end) of them could be read"
            }
        } catch let error as LedgerError {
            damage = "\(error)"
            end = try index.end
        }
    }

    /// Ends a command whose answer lacks what stands behind a damage.
    func requireWhole() throws {
        guard let damage else { return }
        throw Failure("\(damage): see `countersign ledger verify --data \(directory.path)`")
    }

    func read(
        _ query: AuditQuery,
        order: AuditOrder,
        after: UInt64?,
        limit: Int,
        _ body: ([UInt8]) throws -> Void
    ) throws {
        try index.search(query, order: order, after: after, limit: limit, body)
    }

    /// As `read`, the oldest first, with each record's own bytes beside the joined ones.
    func readRecords(_ query: AuditQuery, _ body: (_ joined: [UInt8], _ record: [UInt8]) throws -> Void) throws {
        try index.searchRecords(query, order: .oldestFirst, body)
    }

    /// The record of this id, joined; nil where there is none.
    func record(_ id: ULID) throws -> [UInt8]? {
        try index.record(id)
    }

    /// The records that complete these: outcomes, the beginnings of sessions, approvals.
    func companions(of indices: [UInt64]) throws -> Set<UInt64> {
        try index.companions(of: indices)
    }

    /// Where policies came into force.
    func policyLoads() throws -> [UInt64] {
        try index.policyLoads()
    }

    /// A statement that was too long for its record; nil where the record holds it, or nothing does.
    func longText(of record: RecordView) throws -> String? {
        guard let command = record.members.object("command"), command.isNull("text"),
            let digest = command.string("sha256")
        else { return nil }
        return try reader.blob(digest, limit: AuditSource.longest).map { String(decoding: $0, as: UTF8.self) }
    }
}
