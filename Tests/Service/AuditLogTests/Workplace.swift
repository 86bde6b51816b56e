import AccessModel
import Foundation
import Synchronization
import Testing

@testable import AuditLog

/// A directory of a test's own, with a clock that stands still unless it is moved; gone with the test.
final class Workplace: Sendable {
    let root: String
    let clock = Mutex(Timestamp(seconds: 1_795_000_000))

    var directory: String { root + "/ledger" }
    var identity: LedgerIdentity { LedgerIdentity(origin: "example.com/test", keys: root + "/keys") }
    var layout: LedgerLayout { LedgerLayout(directory: directory) }

    init(in parent: String? = nil) throws {
        let base = parent ?? FileManager.default.temporaryDirectory.path
        root = base + "/countersign-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Small segments; no bound on the machine's free space; and no sync, for a test's machine does not go down.
    static let options: LedgerOptions = {
        var options = unhurried
        options.files.syncData = { _ in 0 }
        options.files.sync = { _ in 0 }
        return options
    }()

    private static let unhurried = LedgerOptions(
        segmentBytes: LedgerOptions.smallestSegment,
        lowestFreeBytes: 0,
        headInterval: .seconds(3600),
        roomInterval: .milliseconds(20),
        checkpointInterval: .seconds(3600)
    )

    func open(
        _ options: LedgerOptions = Workplace.options,
        publisher: CheckpointPublisher = .silent
    ) throws -> Ledger {
        try Ledger(directory: directory, identity: identity, options: options, publisher: publisher) { [self] in
            clock.withLock { $0 }
        }
    }

    /// A copy of the ledger as it stands now: what a crash would leave.
    func copy() throws -> Workplace {
        let other = try Workplace()
        try FileManager.default.copyItem(atPath: directory, toPath: other.directory)
        try FileManager.default.copyItem(atPath: identity.keys, toPath: other.identity.keys)
        return other
    }

    func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// A verification that does not wait for a writer.
    func verify(_ anchors: VerificationAnchors? = nil) throws -> Verification {
        var verifier = LedgerVerifier(
            directory: directory,
            anchors: anchors ?? VerificationAnchors(lock: identity.lock)
        )
        verifier.pause = 0
        return try verifier.run()
    }

    /// Changes the byte at `offset` of a file.
    func flip(_ path: String, _ offset: Int, with bits: UInt8 = 1) throws {
        let file = try #require(fopen(path, "r+"))
        defer { fclose(file) }
        fseek(file, offset, SEEK_SET)
        let byte = UInt8(truncatingIfNeeded: fgetc(file)) ^ bits
        fseek(file, offset, SEEK_SET)
        fputc(Int32(byte), file)
    }

    /// The files of the segments, in order.
    func segmentPaths() throws -> [String] {
        try layout.segmentIndices().map { layout.segment(LedgerLayout.segmentName(first: $0)) }
    }
}

extension RecordDraft {
    static let session = ULID(high: 1, low: 2)
    /// Of a process that came after.
    static let later = ULID(high: 1, low: 3)

    static func command(_ text: String = "SELECT 1", in session: ULID = RecordDraft.session) -> RecordDraft {
        var json = JSONBytes()
        json.appendRaw("\"command\":{\"text\":")
        json.append(text)
        json.appendRaw(
            ",\"sha256\":\"00\",\"parameters\":[],\"effects\":[]},\"decision\":{\"outcome\":\"allow\",\"role\":\"r\"}"
        )
        return RecordDraft(kind: .command, session: session, body: json.bytes)
    }

    static func outcome(of command: RecordReference) -> RecordDraft {
        var json = JSONBytes()
        json.appendRaw("\"of\":\"")
        json.append(command.id)
        json.appendRaw("\",\"of_index\":")
        json.append(command.index)
        json.appendRaw(",\"outcome\":")
        json.append(Outcome(status: .ok, rows: 1, microseconds: 5))
        return RecordDraft(kind: .outcome, session: session, body: json.bytes)
    }
}
