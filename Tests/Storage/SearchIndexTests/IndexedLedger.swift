import AccessModel
import AuditLog
import Foundation
import SearchIndex
import Synchronization
import Testing

/// A ledger and its index in a directory of a test's own; gone with the test.
final class IndexedLedger: Sendable {
    let root: String
    let ledger: Ledger

    var indexPath: String { root + "/index.sqlite" }
    var reader: LedgerReader { LedgerReader(directory: root + "/ledger") }

    init() throws {
        root = FileManager.default.temporaryDirectory.path + "/countersign-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let clock = Clock()
        self.source = clock
        ledger = try Ledger(
            directory: root + "/ledger",
            identity: LedgerIdentity(origin: "example.com/test", keys: root + "/keys"),
            options: LedgerOptions(segmentBytes: LedgerOptions.smallestSegment, lowestFreeBytes: 0)
        ) { clock.now }
    }

    deinit {
        ledger.close()
        try? FileManager.default.removeItem(atPath: root)
    }

    private let source: Clock

    private final class Clock: Sendable {
        private let moment = Mutex(Timestamp(seconds: 1_795_000_000))
        var now: Timestamp { moment.withLock { $0 } }
        func advance(_ seconds: Int64) {
            moment.withLock { $0 = Timestamp(seconds: $0.seconds + seconds) }
        }
    }

    /// The next records are so much later.
    func advance(seconds: Int64) { source.advance(seconds) }

    /// `onRebuild` is told why the index was made again; without it nothing may be wrong with the file.
    func index(onRebuild: @escaping @Sendable (String) -> Void = { Issue.record("\($0)") }) throws -> LedgerIndex {
        try LedgerIndex(path: indexPath, reader: reader, onRebuild: onRebuild)
    }

    // MARK: - Records, as a gateway writes them

    @discardableResult
    func open(
        _ session: ULID,
        subject: String = "sub",
        commit: String = "c0ffee",
        run: String = "1",
        role: String = "job"
    )
        throws -> RecordReference
    {
        let body = """
            "principal":{"kind":"workload","issuer":"gitlab","subject":"\(subject)"},\
            "roles":[{"name":"\(role)","owner":"ana@example.com"},{"name":"spare","owner":"bo@example.com"}],\
            "provenance":{"pipeline":"p/\(run)","run":"\(run)","job":null,"repository":"finance/x","commit":"\(commit)",\
            "ref":null,"environment":null,"trigger":null,"triggered_by":"ana","run_url":null},\
            "source":{"address":"10.0.0.1","port":1,"client":"psql"},\
            "target":{"name":"orders-db","type":"postgres","database":"orders","user":"u"},"reason":"why \\u00e9",\
            "policy":"sha256:0","token":"00","target_session":{"pid":1,"stamp":"cs:x"}
            """
        return try ledger.append(RecordDraft(kind: .sessionOpened, session: session, body: Array(body.utf8)))
    }

    @discardableResult
    func command(
        _ session: ULID,
        _ text: String,
        digest: String? = nil,
        action: String = "select",
        object: String = "public.orders",
        decision: String = "allow",
        role: String = "job"
    ) throws -> RecordReference {
        var json = JSONBytes()
        json.appendRaw("\"command\":{\"text\":")
        json.append(text)
        json.appendRaw(",\"sha256\":")
        json.append(digest ?? text)
        json.appendRaw(
            Array(
                """
                ,"parameters":["42",null],"effects":[{"action":"\(action)","object":"\(object)"}]},\
                "decision":{"outcome":"\(decision)","role":"\(role)","grant":null,"policy":"sha256:0"}
                """.utf8
            )
        )
        return try ledger.append(RecordDraft(kind: .command, session: session, body: json.bytes))
    }

    func outcome(_ command: RecordReference, rows: UInt64 = 1) throws {
        var json = JSONBytes()
        json.appendRaw(Array("\"of\":\"\(command.id)\",\"of_index\":\(command.index),\"outcome\":".utf8))
        json.append(Outcome(status: .ok, rows: rows, microseconds: 7))
        _ = try ledger.append(RecordDraft(kind: .outcome, session: nil, body: json.bytes))
    }

    func note(_ kind: RecordKind, _ session: ULID? = nil, _ body: String) throws {
        _ = try ledger.append(RecordDraft(kind: kind, session: session, body: Array(body.utf8)))
    }
}

extension LedgerIndex {
    /// The lines of an answer, after catching up.
    func lines(
        _ query: AuditQuery = AuditQuery(),
        order: AuditOrder = .oldestFirst,
        after: UInt64? = nil,
        limit: Int = 0
    ) throws -> [String] {
        try catchUp()
        var found: [String] = []
        try search(query, order: order, after: after, limit: limit) {
            found.append(String(decoding: $0, as: UTF8.self))
        }
        return found
    }

    /// The indices of the records of an answer.
    func indices(
        _ query: AuditQuery = AuditQuery(),
        order: AuditOrder = .oldestFirst,
        after: UInt64? = nil,
        limit: Int = 0
    ) throws -> [UInt64] {
        try lines(query, order: order, after: after, limit: limit).compactMap { RecordOpening(Array($0.utf8))?.index }
    }
}
