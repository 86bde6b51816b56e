import AccessModel
import NIOCore
import PostgresWire
import StatementAnalysis
import Testing

@testable import PostgresGateway

@Suite("A session: the statement that runs is the one that was judged")
struct SessionNameTests {
    /// A session in which `a` is `SELECT 'first'`.
    private func prepared() -> Stage {
        let stage = Stage()
        stage.client(.parse("a", "SELECT 'first'"), .sync)
        stage.target(.parsed, .ready())
        return stage
    }

    @Test("A Bind of a name whose change is not answered waits, and is judged by what the target has")
    func uncertain() {
        let stage = prepared()
        let sent = stage.client(
            .parse("x", "SELECT 1 / 0"),
            .close(statement: "a"),
            .parse("a", "SELECT 'second'"),
            .sync,
            .bind("a"),
            .execute(),
            .sync
        )
        #expect(sent == "P(x|SELECT 1 / 0) C(Sa) P(a|SELECT 'second') S")
        #expect(stage.ledger.commands.isEmpty)
        stage.target(.error("22012"), .ready())
        #expect(stage.takeSent() == "B(a) E S")
        #expect(stage.ledger.commands.count == 1)
        #expect(stage.ledger.commands[0].contains("'first'"))
    }

    @Test("An EXECUTE waits for the names too", arguments: [false, true])
    func uncertainExecute(isExtended: Bool) {
        let stage = prepared()
        if isExtended {
            stage.client(.parse("e", "EXECUTE a"), .sync)
            stage.target(.parsed, .ready())
        }
        stage.client(.parse("x", "SELECT 1 / 0"), .close(statement: "a"), .parse("a", "SELECT * FROM t"), .sync)
        #expect((isExtended ? stage.client(.bind("e")) : stage.client(.query("EXECUTE a"))).isEmpty)
        stage.target(.error("22012"), .ready())
        #expect(!stage.takeSent().isEmpty)
        #expect(stage.ledger.commands.count == 1)
        #expect(stage.ledger.commands[0].contains("\"effects\":[]"))
    }

    @Test("When the batch succeeded the new statement is the one")
    func certain() {
        let stage = prepared()
        stage.client(.close(statement: "a"), .parse("a", "SELECT 'second'"), .sync, .bind("a"))
        stage.target(.closed, .parsed, .ready())
        #expect(stage.takeSent() == "B(a)")
        #expect(stage.ledger.commands[0].contains("'second'"))
    }

    @Test("A name that does not exist, or exists already, is refused by the target's own words")
    func unknown() {
        let stage = prepared()
        stage.client(.bind("nobody"), .sync)
        #expect(stage.target(.error("34000"), .ready()).contains("C26000"))
        stage.client(.parse("a", "SELECT 1"), .sync)
        #expect(stage.target(.error("34000"), .ready()).contains("C42P05"))
        stage.client(.execute("nobody"), .sync)
        #expect(stage.target(.error("34000"), .ready()).contains("C34000"))
    }

    @Test("Of two statements that one text prepared each is judged by itself")
    func twoPrepared() {
        let stage = Stage()
        stage.client(.query("PREPARE a AS SELECT 1; PREPARE b AS DELETE FROM t"))
        stage.target(.complete("PREPARE"), .complete("PREPARE"), .ready())
        #expect(stage.client(.bind("a"), .execute(), .sync) == "B(a) E S")
        stage.target(.bound, .complete("SELECT 1"), .ready())
        #expect(stage.client(.bind("b"), .execute(), .sync).hasPrefix("E(refused by countersign: record"))
        stage.target(.error("34000"), .ready())
        #expect(stage.client(.query("EXECUTE b")).hasPrefix("E(refused by countersign: record"))
    }

    @Test("Running a prepared statement does not prepare it again")
    func notAgain() {
        let stage = Stage()
        stage.client(.query("PREPARE a AS SELECT 'first'; PREPARE b AS SELECT 2"))
        stage.target(.complete("PREPARE"), .complete("PREPARE"), .ready())
        stage.client(.close(statement: "a"), .parse("a", "SELECT * FROM t"), .sync)
        stage.target(.closed, .parsed, .ready())
        stage.client(.bind("b"), .execute(), .sync)
        stage.target(.bound, .complete("SELECT 1"), .ready())
        stage.client(.query("EXECUTE a"))
        #expect(stage.ledger.commands.last?.contains("select") == true)
        #expect(stage.ledger.commands.last?.contains("public.t") == true)
    }

    @Test("A search_path that is set through EXECUTE is asked for before the next statement", arguments: [false, true])
    func movedByExecute(isExtended: Bool) {
        let stage = Stage()
        stage.client(.query("PREPARE a AS SELECT pg_catalog.set_config('search_path', 'secret', false)"))
        stage.target(.complete("PREPARE"), .ready())
        if isExtended {
            #expect(stage.client(.bind("a"), .execute(), .sync) == "B(a) E H")
            stage.target(.bound, .row("secret"), .complete("SELECT 1"))
            #expect(stage.takeSent() == "S")
            // Pipelined behind the Sync, it waits.
            #expect(stage.client(.query("SELECT * FROM t")).isEmpty)
            stage.target(.ready())
        } else {
            #expect(stage.client(.query("EXECUTE a")) == "Q(EXECUTE a)")
            stage.target(.row("secret"), .complete("SELECT 1"), .ready())
        }
        #expect(stage.takeSent().contains("current_schemas"))
        if !isExtended { #expect(stage.client(.query("SELECT * FROM t")).isEmpty) }
        stage.target(.row("pg_catalog\u{1}secret"), .complete("SELECT 1"), .ready())
        #expect(stage.takeSent().hasPrefix("E(refused by countersign: record"))
        #expect(stage.ledger.commands.last?.contains("secret.t") == true)
    }

    @Test("Until the target has said where it looks, nothing is judged; should it fail to, names are denied")
    func probe() {
        let stage = Stage(path: nil)
        #expect(stage.client(.query("SELECT * FROM t")).contains("current_schemas"))
        #expect(stage.ledger.drafts.isEmpty)
        #expect(stage.target(.row("pg_catalog\u{1}public"), .complete("SELECT 1"), .ready()).isEmpty)
        #expect(stage.takeSent() == "Q(SELECT * FROM t)")
    }

    @Test("A SET search_path is a barrier: what is pipelined behind it waits and is judged by the new path")
    func barrier() {
        let stage = Stage()
        #expect(
            stage.client(.query("SET search_path = secret"), .query("SELECT * FROM t")) == "Q(SET search_path = secret)"
        )
        stage.target(.complete("SET"), .ready())
        #expect(stage.takeSent().contains("current_schemas"))
        stage.target(.row("pg_catalog\u{1}secret"), .complete("SELECT 1"), .ready())
        #expect(stage.takeSent().hasPrefix("E(refused by countersign: record"))
    }

    @Test(
        "Inside of a batch the target is asked nothing: a question would commit what was run of it",
        arguments: [false, true]
    )
    func batchIsWhole(isNamed: Bool) {
        let stage = Stage()
        stage.client(.parse("", "SELECT * FROM app.t"), .bind(""), .execute())
        stage.client(.parse("", "SET search_path = secret"), .bind(""), .execute())
        stage.target(.parsed, .bound, .complete("SELECT 1"), .parsed, .bound, .complete("SET"))
        let text = isNamed ? "SELECT * FROM app.t" : "SELECT * FROM t"
        let sent = stage.client(.parse("", text), .bind(""), .execute(), .sync) + stage.takeSent()
        #expect(!sent.contains("current_schemas"), "\(sent)")
        #expect(sent.contains("E(refused by countersign") == !isNamed, "\(sent)")
    }

    @Test(
        "What a statement is read by cannot be set, whatever is granted",
        arguments: [
            "SELECT set_config('application_name', 'x', false)", "SET client_encoding = latin1",
            "SET standard_conforming_strings = off", "SELECT set_config('client_encoding', 'sjis', true)",
        ]
    )
    func fixed(text: String) {
        let stage = Stage()
        let sent = stage.client(.query(text)) + stage.takeSent()
        #expect(sent.contains("refused by countersign"), "\(sent)")
        #expect(stage.ledger.commands.last?.contains("keeps its value") == true)
    }

    @Test("A pipeline that an error ended runs nothing of what was left, and says so")
    func pipeline() {
        let stage = Stage()
        stage.client(
            .parse("", "SELECT 1"),
            .bind(""),
            .execute(),
            .parse("", "SELECT 2"),
            .bind(""),
            .execute(),
            .sync
        )
        stage.target(.parsed, .bound, .error("22012"), .ready())
        #expect(stage.ledger.outcomes.count == 2)
        #expect(stage.ledger.outcomes[0].contains("22012"))
        #expect(stage.ledger.outcomes[1].contains("skipped"))
    }
}
