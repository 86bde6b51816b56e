import AccessModel
import StatementAnalysis
import Testing

@testable import PostgresGateway

@Suite("What is known of a text once and for all")
struct StatementPlanTests {
    private func head(_ text: String) -> String { String(decoding: plan(text).recordHead, as: UTF8.self) }

    @Test("A record tells the text and its hash")
    func text() {
        let digest = "d5e4d94d69910fc2bbc9a4be9691e9097a21c726b791f332d103633c4e1bbce5"
        let expected = #""command":{"text":"SELECT \"a\"","sha256":"\#(digest)","parameters":"#
        #expect(head("SELECT \"a\"") == expected)
        #expect(head("").contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
    }

    @Test("A long text is kept apart, and its record holds the hash and the length")
    func long() {
        let text = "SELECT '" + String(repeating: "x", count: RecordLimits.text) + "'"
        #expect(plan(text).needsBlob)
        let head = head(text)
        #expect(head.hasPrefix("\"command\":{\"text\":null,\"bytes\":\(text.utf8.count),\"sha256\":\""))
        for (length, needsBlob) in [(RecordLimits.text, false), (RecordLimits.text + 1, true)] {
            let text = "SELECT '" + String(repeating: "x", count: length - 11) + "'"
            #expect(PostgresGatewayTests.plan(text).needsBlob == needsBlob)
        }
    }

    @Test(
        "A text that may hold a password is not shown, and neither is its hash",
        arguments: [
            "ALTER ROLE app PASSWORD 'canary'", "CREATE USER app pAsSwOrD 'canary'", "ALTER ROL app PASSWORD 'canary'",
            "CREATE USER MAPPING FOR app SERVER s OPTIONS (secret 'canary')",
            "CREATE SUBSCRIPTION s CONNECTION 'canary' PUBLICATION p",
            "DO $$ begin execute 'alter role app password ''canary'''; end $$",
            "SELECT * FROM dblink('host=db password=canary', 'SELECT 1') AS t(a int)",
            "SELECT dblink_connect('postgres://app:canary@db/shop')",
            "CREATE GROUP g PASSWORD 'canary'", "SELECT 1; ALTER ROLE app PASSWORD 'canary'",
        ]
    )
    func secret(text: String) {
        let head = head(text)
        #expect(!head.contains("canary"))
        #expect(head.contains("\"sha256\":null,\"hmac_sha256\":null,\"parameters\":") && !head.contains("bytes"))
        #expect(!plan(text).needsBlob)
    }

    @Test("Other texts are shown", arguments: ["SELECT password FROM t", "ALTER ROLE app LOGIN", "SELEC 1", "DO 'x'"])
    func shown(text: String) {
        #expect(head(text).contains("\"text\":\"\(text)\""))
    }

    @Test("What changes the session, what is a barrier, and what sets the stamp alone")
    func kinds() {
        for (text, changes, isBarrier, stampOnly) in [
            ("SELECT 1", false, false, false), ("PREPARE a AS SELECT 1", true, true, false),
            ("DEALLOCATE a", true, true, false), ("SET search_path = a", true, true, false),
            ("DISCARD ALL", true, true, false), ("EXECUTE a", true, false, false), ("BEGIN", true, false, false),
            ("SET application_name = 'x'", true, false, true), ("RESET application_name", true, false, true),
            ("SELECT 1; SET application_name = 'x'", true, false, false),
        ] {
            let plan = plan(text)
            #expect(plan.changesSession == changes, "\(text)")
            #expect(plan.isBarrier == isBarrier, "\(text)")
            #expect(plan.setsStampOnly == stampOnly, "\(text)")
        }
    }

    @Test("A cache of plans finds the same bytes alone, keeps what is used, and is bounded")
    func cache() {
        var cache = PlanCache(capacity: 64 << 10)
        func find(_ text: String) -> StatementPlan? { Array(text.utf8).withUnsafeBufferPointer { cache.find($0) } }
        func insert(_ text: String) {
            let plan = plan(text)
            Array(text.utf8).withUnsafeBufferPointer { cache.insert(plan, for: $0) }
        }
        insert("SELECT hot")
        #expect(find("SELECT ho") == nil)
        #expect(find("select hot") == nil)
        for number in 0..<1000 {
            insert("SELECT \(number)")
            #expect(find("SELECT hot") != nil)
        }
        let kept = (0..<1000).count { find("SELECT \($0)") != nil }
        #expect(kept > 0)
        #expect(kept < (64 << 10) / 512)
        let large = "SELECT '" + String(repeating: "x", count: 16_384) + "'"
        insert(large)
        #expect(find(large) == nil)
    }
}
