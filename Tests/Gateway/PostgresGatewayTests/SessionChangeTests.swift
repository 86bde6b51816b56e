import AccessModel
import Testing

@testable import PostgresGateway

@Suite("A session whose changes are bounded")
struct SessionChangeTests {
    /// A session that may change three rows in one transaction.
    private func stage() -> Stage { Stage(owed: Obligations(rowsChanged: 3)) }

    @Test("A query that would commit by itself runs between a BEGIN and a COMMIT that its client does not see")
    func within() {
        let stage = stage()
        #expect(stage.client(.query("UPDATE t SET id = 1")) == "Q(BEGIN)")
        #expect(stage.ledger.commands.isEmpty)
        #expect(stage.target(.complete("BEGIN"), .ready("T")) == "")
        #expect(stage.takeSent() == "Q(UPDATE t SET id = 1)")
        #expect(stage.target(.complete("UPDATE 3"), .ready("T")) == "")
        #expect(stage.takeSent() == "Q(COMMIT)")
        #expect(stage.target(.complete("COMMIT"), .ready()) == "C(UPDATE 3) Z(I)")
        #expect(stage.ledger.outcomes[0].contains(#""status":"ok","rows":3"#))
        // The next one begins anew.
        #expect(stage.client(.query("DELETE FROM t WHERE id = 1")).hasPrefix("E(refused"))
    }

    @Test("One row too many is rolled back, and the client and the record are told")
    func over() {
        let stage = stage()
        stage.client(.query("UPDATE t SET id = 1"))
        stage.target(.complete("BEGIN"), .ready("T"))
        stage.target(.row("1"), .complete("UPDATE 4"), .ready("T"))
        #expect(stage.takeSent().hasSuffix("Q(ROLLBACK)"))
        let told = stage.target(.complete("ROLLBACK"), .ready())
        #expect(
            told.contains("C54000|Mcountersign: denied: role reader may change at most 3 rows")
                && told.hasSuffix("Z(I)")
        )
        #expect(!told.contains("UPDATE 4"))
        #expect(told.contains("this one changed 4: it is rolled back (record "))
        let outcome = stage.ledger.outcomes[0]
        #expect(outcome.contains(#""status":"error","rows":4,"error":"54000: "#))
        #expect(outcome.hasSuffix(#""limit":"rows_changed"}"#))
    }

    @Test("A query that fails is rolled back, and one that fails at its COMMIT has failed")
    func failures() {
        let stage = stage()
        stage.client(.query("UPDATE t SET id = 1"))
        stage.target(.complete("BEGIN"), .ready("T"))
        #expect(stage.target(.error("23505"), .ready("E")).contains("C23505"))
        #expect(stage.takeSent().hasSuffix("Q(ROLLBACK)"))
        #expect(stage.target(.complete("ROLLBACK"), .ready()) == "Z(I)")
        stage.client(.query("UPDATE t SET id = 1"))
        stage.target(.complete("BEGIN"), .ready("T"))
        stage.target(.complete("UPDATE 1"), .ready("T"))
        let told = stage.target(.error("23503", "deferred"), .ready())
        #expect(told == "E(SERROR|C23503|Mdeferred) Z(I)")
        #expect(stage.ledger.outcomes[1].contains(#""status":"error","rows":1,"error":"23503: deferred""#))
    }

    @Test("Where no transaction can be opened the change does not go out")
    func noTransaction() {
        let stage = stage()
        stage.client(.query("UPDATE t SET id = 1"))
        #expect(stage.target(.error("57014"), .ready()) == "")
        #expect(stage.takeSent().hasPrefix("E(refused"))
        let told = stage.target(.error("34000"), .ready())
        #expect(told.contains("C57014|Mcountersign: not executed") && told.hasSuffix("Z(I)"))
    }

    @Test("What the client asks behind a change waits until the change is counted")
    func waits() {
        let stage = stage()
        #expect(stage.client(.query("UPDATE t SET id = 1"), .query("SELECT 1")) == "Q(BEGIN)")
        stage.target(.complete("BEGIN"), .ready("T"))
        _ = stage.takeSent()
        stage.target(.complete("UPDATE 1"), .ready("T"))
        #expect(stage.takeSent() == "Q(COMMIT)")
        stage.target(.complete("COMMIT"), .ready())
        #expect(stage.takeSent() == "Q(SELECT 1)")
    }

    @Test("In the client's own transaction the sum counts, and one row too many fails the transaction")
    func explicit() {
        let stage = stage()
        stage.client(.query("BEGIN"))
        stage.target(.complete("BEGIN"), .ready("T"))
        #expect(stage.client(.query("UPDATE t SET id = 1")) == "Q(UPDATE t SET id = 1)")
        #expect(stage.target(.complete("UPDATE 2"), .ready("T")) == "C(UPDATE 2) Z(T)")
        #expect(stage.client(.query("INSERT INTO t VALUES (1)"), .query("COMMIT")) == "Q(INSERT INTO t VALUES (1))")
        #expect(stage.target(.complete("INSERT 0 2"), .ready("T")) == "")
        #expect(stage.takeSent().hasPrefix("E(refused by countersign: record"))
        let told = stage.target(.error("34000"), .ready("E"))
        #expect(told.contains("this one changed 4") && told.hasSuffix("Z(E)"))
        #expect(stage.takeSent() == "Q(COMMIT)")
        #expect(stage.target(.complete("ROLLBACK"), .ready()) == "C(ROLLBACK) Z(I)")
        // Counted anew.
        stage.client(.query("UPDATE t SET id = 1"))
        stage.target(.complete("BEGIN"), .ready("T"))
        stage.target(.complete("UPDATE 3"), .ready("T"))
        #expect(stage.takeSent().hasSuffix("Q(COMMIT)"))
    }

    @Test("A Sync waits for the count, and finds a poison before it where that is too high")
    func extended() {
        let stage = stage()
        let sent = stage.client(.parse("", "UPDATE t SET id = $1"), .bind("", "1"), .execute(), .sync)
        #expect(sent == "P(UPDATE t SET id = $1) B(1) E H")
        #expect(stage.target(.parsed, .bound, .complete("UPDATE 3")) == "1 2 C(UPDATE 3)")
        #expect(stage.takeSent() == "S")
        #expect(stage.target(.ready()) == "Z(I)")
        #expect(stage.client(.bind("", "1"), .execute(), .bind("", "2"), .execute(), .sync) == "B(1) E H")
        #expect(stage.target(.bound, .complete("UPDATE 2")) == "2 C(UPDATE 2)")
        #expect(stage.takeSent() == "B(2) E H")
        #expect(stage.target(.bound, .complete("UPDATE 2")) == "2")
        #expect(stage.takeSent().hasPrefix("E(refused by countersign: record"))
        let told = stage.target(.error("34000"))
        #expect(told.contains("C54000") && told.contains("this one changed 4"))
        #expect(stage.takeSent() == "S")
        #expect(stage.target(.ready()) == "Z(I)")
    }

    @Test("COPY data flow, and what follows them waits for the count")
    func copy() {
        let stage = stage()
        #expect(
            stage.client(.parse("", "COPY t FROM STDIN"), .bind(""), .execute(), .sync) == "P(COPY t FROM STDIN) B E H"
        )
        #expect(stage.target(.parsed, .bound, Message(type: "G", body: [0, 0, 0])) == "1 2 G")
        let sent = stage.client(Message(type: "d", body: Array("1".utf8)), Message(type: "c"), .sync)
        #expect(sent == "d(1) c H")
        #expect(stage.target(.complete("COPY 4")) == "")
        #expect(stage.takeSent().hasPrefix("E(refused"))
        #expect(stage.target(.error("34000")).contains("C54000"))
        #expect(stage.ended == nil)
    }

    @Test(
        "What cannot be counted is denied under the bound",
        arguments: [
            "WITH x AS (UPDATE t SET id = 1 RETURNING id) SELECT * FROM x",
            "WITH x AS (UPDATE t SET id = 1 RETURNING id) INSERT INTO t SELECT * FROM x",
            "TRUNCATE t", "DO 'x'", "EXPLAIN ANALYZE UPDATE t SET id = 1", "UPDATE t SET id = 1; COMMIT",
            "BEGIN; UPDATE t SET id = 1", "COPY (UPDATE t SET id = 1 RETURNING id) TO STDOUT",
            "PREPARE TRANSACTION 'x'", "UPDATE t SET id = 1; SAVEPOINT s",
        ]
    )
    func uncounted(text: String) {
        let stage = stage()
        #expect(stage.client(.query(text)).hasPrefix("E(refused"))
        let told = stage.target(.error("34000"), .ready())
        #expect(told.contains("C42501"), "\(told)")
        #expect(stage.ledger.commands[0].contains(#""outcome":"deny""#))
    }

    @Test("EXPLAIN of an EXECUTE is denied, and the EXECUTE is counted")
    func executes() {
        let stage = stage()
        stage.client(.query("PREPARE a AS UPDATE t SET id = 1"))
        stage.target(.complete("PREPARE"), .ready())
        #expect(stage.client(.query("EXPLAIN ANALYZE EXECUTE a")).hasPrefix("E(refused"))
        stage.target(.error("34000"), .ready())
        #expect(stage.client(.query("EXECUTE a")) == "Q(BEGIN)")
        stage.target(.complete("BEGIN"), .ready("T"))
        stage.target(.complete("UPDATE 9"), .ready("T"))
        #expect(stage.takeSent().hasSuffix("Q(ROLLBACK)"))
    }

    @Test("Rows of a change are fetched at once or not at all")
    func parts() {
        let stage = stage()
        var part = Message.execute()
        part.body[part.body.count - 1] = 1
        stage.client(.parse("", "UPDATE t SET id = 1 RETURNING id"), .bind(""), part, .sync)
        let told = stage.target(.parsed, .bound, .error("34000"), .ready())
        #expect(told.contains("C42501") && told.contains("fetched in parts"))
    }

    @Test("What is not bounded, and what changes nothing, goes as it came")
    func untouched() {
        #expect(stage().client(.query("SELECT 1")) == "Q(SELECT 1)")
        #expect(Stage().client(.query("UPDATE t SET id = 1")) == "Q(UPDATE t SET id = 1)")
        let sent = Stage().client(.parse("", "UPDATE t SET id = 1"), .bind(""), .execute(), .sync)
        #expect(sent == "P(UPDATE t SET id = 1) B E S")
    }
}
