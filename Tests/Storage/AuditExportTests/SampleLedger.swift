import AccessModel
import AuditLog
import Foundation
import Synchronization

@testable import AuditExport

/// A ledger of a test's own, in a folder that goes with it.
final class SampleLedger: Sendable {
    let root: String
    let ledger: Ledger
    var reader: LedgerReader { LedgerReader(directory: root + "/ledger") }
    var end: UInt64 { ledger.counters.size }

    init(segmentBytes: Int = 1 << 20) throws {
        root = FileManager.default.temporaryDirectory.path + "/countersign-export-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let options = LedgerOptions(segmentBytes: segmentBytes, fillsSegments: false, lowestFreeBytes: 0)
        ledger = try Ledger(
            directory: root + "/ledger",
            identity: LedgerIdentity(origin: "example.com/test", keys: root + "/keys"),
            options: options
        ) { Timestamp(seconds: 1_795_000_000) }
    }

    deinit {
        ledger.close()
        try? FileManager.default.removeItem(atPath: root)
    }

    static func session(_ number: UInt64) -> ULID {
        ULID(at: Timestamp(seconds: 1_795_000_000), tailHigh: 7, tailLow: number)
    }

    static let identity = """
        "principal":{"kind":"workload","issuer":"ci","subject":"project:a/b"},\
        "roles":[{"name":"nightly","owner":"ana@example.com"}],\
        "provenance":{"pipeline":"p.yml","run":"12","job":"5","repository":"a/b","commit":"c0ffee","ref":"main",\
        "environment":"production","trigger":"schedule","triggered_by":"bo","run_url":"https://ci.example.com/12"},\
        "source":{"address":"10.20.3.4","port":51234,"client":"psql"},\
        "target":{"name":"orders-db","type":"postgres","database":"orders","user":"countersign_orders"}
        """

    @discardableResult
    func append(_ kind: RecordKind, _ session: UInt64? = nil, _ body: String) throws -> RecordReference {
        try ledger.append(RecordDraft(kind: kind, session: session.map(SampleLedger.session), body: Array(body.utf8)))
    }

    func open(_ session: UInt64) throws {
        try append(.sessionOpened, session, SampleLedger.identity + ",\"reason\":null,\"policy\":\"sha256:aa\"")
    }

    func close(_ session: UInt64) throws {
        try append(
            .sessionClosed,
            session,
            "\"close\":{\"reason\":\"closed by the client\",\"commands\":1,\"denied\":0,\"duration_us\":9000}"
        )
    }

    /// `text` and `object` are written as JSON strings.
    @discardableResult
    func command(
        _ session: UInt64,
        _ text: String = "UPDATE orders SET status = 'done'",
        object: String = "public.orders",
        decision: String = "allow"
    ) throws -> RecordReference {
        var json = JSONBytes()
        json.appendRaw("\"command\":{\"text\":")
        json.append(text)
        json.appendRaw(",\"sha256\":\"\(String(repeating: "ab", count: 32))\",\"parameters\":[],\"effects\":[".utf8)
        json.appendRaw("{\"action\":\"update\",\"object\":")
        json.append(object)
        json.appendRaw(",\"columns\":[\"status\"]}]},\"decision\":{\"outcome\":")
        json.append(decision)
        json.appendRaw(",\"role\":\"nightly\",")
        json.appendRaw("\"grant\":\"roles.nightly.grants[0].allow.update\",\"policy\":\"sha256:aa\"},\"masked\":[]")
        return try append(.command, session, String(decoding: json.bytes, as: UTF8.self))
    }

    func outcome(_ session: UInt64, of command: RecordReference, error: String? = nil) throws {
        var json = JSONBytes()
        json.append(error)
        try append(
            .outcome,
            session,
            "\"of\":\"\(command.id)\",\"of_index\":\(command.index),\"outcome\":{\"status\":\""
                + "\(error == nil ? "ok" : "error")\",\"rows\":1,\"error\":\(String(decoding: json.bytes, as: UTF8.self))"
                + ",\"duration_us\":812}"
        )
    }

    /// Every kind of record that there is, commands of every end among them.
    func everyKind() throws {
        let gateway = "\"gateway\":{\"version\":\"0.1.0\",\"origin\":\"test.example/one\",\"pid\":7},"
        try append(.gatewayStarted, nil, gateway + "\"recovered\":{\"segment\":\"x.segment\",\"torn_bytes\":9}")
        try append(.policyLoaded, nil, "\"policy\":\"sha256:aa\",\"file\":\"c.yaml\",\"previous\":null")
        try append(.policyLoaded, nil, "\"policy\":\"sha256:bb\",\"file\":\"c.yaml\",\"previous\":\"sha256:aa\"")
        try append(
            .authenticationRefused,
            nil,
            "\"refusal\":{\"reason\":\"expired\",\"code\":\"expired\",\"issuer\":null},\"principal\":null,\"roles\":[],"
                + "\"provenance\":null,\"source\":{\"address\":\"10.0.0.1\",\"port\":1,\"client\":null},"
                + "\"target\":{\"name\":\"x\",\"type\":\"postgres\",\"database\":null,\"user\":null}"
        )
        try open(1)
        try outcome(1, of: command(1))
        try outcome(1, of: command(1), error: "23505: duplicate key value 'secret'")
        try command(1, decision: "deny")
        try command(1, decision: "hold")
        try command(1)
        let approval = "\"approval\":{\"id\":\"01J\",\"state\":\"STATE\",\"reason\":\"why\"},"
        let person = "\"principal\":{\"kind\":\"person\",\"issuer\":\"people\",\"subject\":\"ana@example.com\"}"
        for (kind, state) in [
            (.approvalRequested, "waiting"), (.approvalDecided, "approved"), (.approvalDecided, "denied"),
        ] as [(RecordKind, String)] {
            try append(kind, 1, approval.replacing("STATE", with: state) + person)
        }
        for kind in RecordKind.allCases where !SampleLedger.shaped.contains(kind) { try append(kind, nil, person) }
        try close(1)
        try append(.gatewayStopped, nil, "\"gateway\":{\"reason\":\"stopped by a signal\"}")
    }

    private static let shaped: Set<RecordKind> = [
        .gatewayStarted, .gatewayStopped, .policyLoaded, .authenticationRefused, .sessionOpened, .sessionClosed,
        .command,
        .outcome, .approvalRequested, .approvalDecided,
    ]

    /// Every event from a state on.
    func events(from state: StreamState = StreamState()) throws -> [AuditEvent] {
        var stream = EventStream(reader, at: state)
        var events: [AuditEvent] = []
        while let event = try stream.next(below: end) { events.append(event) }
        return events
    }

    static let terms = ExportTerms(
        statements: .full,
        version: "0.1.0",
        origin: "test.example/one",
        host: "h",
        process: 7
    )
    static let digests = ExportTerms(statements: .digest, version: "0.1.0", host: "h", process: 7)
}
