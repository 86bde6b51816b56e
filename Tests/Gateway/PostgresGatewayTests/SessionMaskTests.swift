import AccessModel
import Testing

@testable import PostgresGateway

@Suite("A session whose roles have masks")
struct SessionMaskTests {
    /// A session in which `public.t.name` is masked.
    private func stage() -> Stage {
        Stage(masks: [ObjectName(schema: "public", name: "t"): ["name": .null]])
    }

    @Test("A query goes out with its masks, and is recorded as it was written")
    func query() {
        let stage = stage()
        let sent = stage.client(.query("SELECT name FROM t"))
        #expect(sent.hasPrefix("Q(SELECT name FROM (SELECT") && sent.contains("NULL"))
        #expect(stage.ledger.commands[0].contains("\"text\":\"SELECT name FROM t\""))
        #expect(stage.ledger.commands[0].hasSuffix("\"masked\":[\"public.t.name\"]"))
    }

    @Test("A Parse goes out with its masks and its types, and its Bind runs it")
    func parse() {
        let stage = stage()
        let sent = stage.client(.parse("a", "SELECT name FROM t WHERE id = $1"), .sync)
        #expect(sent.hasPrefix("P(a|SELECT name FROM (SELECT") && sent.hasSuffix(" S"))
        stage.target(.parsed, .ready())
        #expect(stage.client(.bind("a", "1"), .execute(), .sync) == "B(a|1) E S")
    }

    @Test("What reads nothing masked goes out untouched, texts that differ in a number each with their own")
    func untouched() {
        let stage = stage()
        #expect(stage.client(.query("SELECT * FROM s.u")) == "Q(SELECT * FROM s.u)")
        stage.target(.complete("SELECT 0"), .ready())
        #expect(stage.client(.query("SELECT name FROM t WHERE id = 11")).contains("11"))
        stage.target(.complete("SELECT 0"), .ready())
        #expect(stage.client(.query("SELECT name FROM t WHERE id = 22")).contains("22"))
    }

    @Test("A change that reads what is masked is refused with the reason")
    func refused() {
        let stage = stage()
        #expect(stage.client(.query("UPDATE t SET id = 1 WHERE name = 'x'")).hasPrefix("E(refused"))
        #expect(stage.target(.error("34000"), .ready()).contains("may not read its masked column name"))
    }

    @Test("An EXECUTE runs what was prepared with masks")
    func execute() {
        let stage = stage()
        #expect(stage.client(.query("PREPARE a AS SELECT name FROM t")).contains("(SELECT"))
        stage.target(.complete("PREPARE"), .ready())
        #expect(stage.client(.query("EXECUTE a")) == "Q(EXECUTE a)")
        #expect(stage.ledger.commands[1].hasSuffix("\"masked\":[\"public.t.name\"]"))
    }

    @Test("The target's words about values are passed on neither in an error nor in a notice")
    func scrubbed() {
        let stage = stage()
        stage.client(.query("SELECT name::int FROM t"))
        let told = stage.target(.notice("secret words"), .error("22P02", "secret words"), .ready())
        #expect(told.contains("C22P02") && told.contains("withheld"))
        #expect(!told.contains("secret words"))
        #expect(stage.ledger.drafts.allSatisfy { !String(decoding: $0.body, as: UTF8.self).contains("secret words") })
    }
}
