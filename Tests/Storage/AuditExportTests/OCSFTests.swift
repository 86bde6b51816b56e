import AccessModel
import AuditLog
import Foundation
import Testing

@testable import AuditExport

@Suite("Events in OCSF")
struct OCSFTests {
    private let encoder = EventEncoder(.ocsf, SampleLedger.terms)

    private func object(_ event: AuditEvent) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(encoder.encode(event))) as? [String: Any])
    }

    @Test("Every kind of record is an event that the bundled schema accepts")
    func fitsTheSchema() throws {
        let sample = try SampleLedger()
        try sample.everyKind()
        let check = try SchemaCheck.bundled()
        let events = try sample.events()
        #expect(Set(events.map(\.kind)).count == RecordKind.allCases.count - 1)
        for terms in [SampleLedger.terms, SampleLedger.digests] {
            for event in events {
                #expect(try check.faults(in: EventEncoder(.ocsf, terms).encode(event)) == [], "\(event.kind)")
            }
        }
    }

    @Test(
        "Every kind of event is written to the file that COUNTERSIGN_OCSF_SAMPLE names, for another implementation to check",
        .enabled(if: ProcessInfo.processInfo.environment["COUNTERSIGN_OCSF_SAMPLE"] != nil)
    )
    func writesSample() throws {
        let path = try #require(ProcessInfo.processInfo.environment["COUNTERSIGN_OCSF_SAMPLE"])
        let sample = try SampleLedger()
        try sample.everyKind()
        let lines = try sample.events().map { encoder.encode($0) + [0x0A] }
        try Data(lines.joined()).write(to: URL(filePath: path))
    }

    @Test("The schema refuses what is no event: so its check can fail")
    func schemaRefuses() throws {
        let check = try SchemaCheck.bundled()
        let sample = try SampleLedger()
        try sample.open(1)
        let event = String(decoding: encoder.encode(try #require(try sample.events().first)), as: UTF8.self)
        for (from, to) in [
            ("\"activity_id\":1", "\"activity_id\":77"), ("\"time\":", "\"tim\":"), ("\"user\":", "\"usr\":"),
            ("\"class_uid\":3002", "\"class_uid\":3003"), ("\"port\":51234", "\"port\":-1"),
        ] {
            #expect(event.contains(from))
            #expect(try !check.faults(in: Array(event.replacing(from, with: to).utf8)).isEmpty, "\(from)")
        }
    }

    @Test("Each kind has its class and activity")
    func classes() throws {
        let sample = try SampleLedger()
        try sample.everyKind()
        let seen = try sample.events().map { event in
            "\(event.kind) \(event.outcome?.string("status") ?? "-") \(OCSFClass(of: event).uid).\(OCSFClass(of: event).activity)"
        }
        for expected in [
            "gateway.started - 6002.3", "gateway.stopped - 6002.4", "policy.loaded - 3004.1", "policy.loaded - 3004.3",
            "authentication.refused - 3002.1", "session.opened - 3002.1", "session.closed - 3002.2",
            "command ok 6005.2",
            "command denied 6005.2", "command unknown 6005.2", "approval.requested - 3004.1",
            "approval.decided - 3004.8",
            "approval.decided - 3004.9", "person.signed_in - 3002.1",
        ] {
            #expect(seen.contains(expected), "\(expected) of \(seen)")
        }
    }

    @Test("A command says who, from where, on what, what was decided and how it ended, and its leaf in the log")
    func tellsAll() throws {
        let sample = try SampleLedger()
        try sample.open(1)
        let reference = try sample.command(1)
        try sample.outcome(1, of: reference)
        let event = try #require(try sample.events().last)
        let object = try object(event)
        func at(_ path: String...) -> String {
            let value = path.reduce(object as Any?) { ($0 as? [String: Any])?[$1] }
            return value.map { "\($0)" } ?? "nil"
        }
        #expect(at("class_uid") == "6005")
        #expect(at("type_uid") == "600502")
        #expect(at("actor", "user", "name") == "project:a/b")
        #expect(at("actor", "session", "uid") == SampleLedger.session(1).description)
        #expect(at("src_endpoint", "ip") == "10.20.3.4")
        #expect(at("dst_endpoint", "name") == "orders-db")
        #expect(at("database", "name") == "orders")
        #expect(at("table", "name") == "public.orders")
        #expect(at("query_info", "query_string") == "UPDATE orders SET status = 'done'")
        #expect(at("action_id") == "1")
        #expect(at("status_id") == "1")
        #expect(at("metadata", "uid") == reference.id.description)
        #expect(at("metadata", "sequence") == "1")
        #expect(at("metadata", "version") == "1.8.0")
        #expect(at("unmapped", "countersign", "rows") == "1")
        #expect(at("unmapped", "countersign", "provenance", "commit") == "c0ffee")
        #expect(at("unmapped", "countersign", "leaf_sha256") == event.leaf)
        #expect(event.leaf.count == 64)
    }

    @Test("With digests no text of a statement and no text of a target's error goes out, in any format")
    func keepsTextsBack() throws {
        let sample = try SampleLedger()
        try sample.everyKind()
        for format in [.ocsf, .cef, .syslog, .csv] as [ExportFormat] {
            for event in try sample.events() {
                let text = String(decoding: EventEncoder(format, SampleLedger.digests).encode(event), as: UTF8.self)
                #expect(!text.contains("done") && !text.contains("secret"), "\(format): \(text)")
            }
        }
    }
}
