import AccessModel
import Testing

@testable import PostgresGateway

@Suite("A session and the snapshot of its target's catalog")
struct SessionCatalogTests {
    /// What the target answers to the whole question: a table of the server's own, and `public.fresh(id)`.
    private static let catalog: [Message] = [
        .row("pg_catalog\u{1}public"), .complete("SELECT 1"),
        .row("s", "r", "1259", "pg_catalog", "pg_class", "r", "f", "f"),
        .row("s", "c", "1259", "relname", "name", "t"), .complete("SELECT 2"),
        .row("u", "r", "20000", "public", "fresh", "r", "f", "f"), .row("u", "c", "20000", "id", "integer", "t"),
        .complete("SELECT 2"), .row("u", "t", "scratch"), .complete("SELECT 1"), .ready(),
    ]

    private func answer(_ stage: Stage) {
        stage.session.targetBytes(Message.bytes(Self.catalog))
    }

    @Test("A name that is not known is looked for once in the target's catalog, and then judged")
    func unknown() {
        let stage = Stage()
        #expect(stage.client(.query("SELECT id FROM fresh")).contains("pg_catalog.pg_attribute"))
        #expect(stage.ledger.commands.isEmpty)
        answer(stage)
        #expect(stage.takeSent() == "Q(SELECT id FROM fresh)")
        let effect = "{\"action\":\"select\",\"object\":\"public.fresh\",\"columns\":[\"id\"]}"
        #expect(stage.ledger.commands[0].contains(effect))
    }

    @Test("Of a batch the rest goes on too, without waiting for the target to answer what is in front")
    func unknownInBatch() {
        let stage = Stage()
        let batch = stage.client(.parse("", "SELECT id FROM fresh"), .bind(""), .execute(), .sync)
        #expect(batch.contains("pg_catalog.pg_attribute"))
        answer(stage)
        #expect(stage.takeSent() == "P(SELECT id FROM fresh) B E S")
    }

    @Test("A name that is still not known is refused in the words and with the SQLSTATE of such a name")
    func stillUnknown() {
        let stage = Stage()
        stage.client(.query("SELECT id FROM nowhere"))
        answer(stage)
        #expect(stage.takeSent().hasPrefix("E(refused by countersign: record"))
        let told = stage.target(.error("34000"), .ready())
        #expect(told.contains("C42P01") && told.contains("nowhere is not known"))
        #expect(stage.client(.query("SELECT nothing FROM fresh")).hasPrefix("E(refused"), "asked again at once")
    }

    @Test("A change of definitions is followed by a reading, before anything else is judged")
    func definitions() {
        let stage = Stage()
        #expect(stage.client(.query("CREATE TABLE fresh (id int)")) == "Q(CREATE TABLE fresh (id int))")
        stage.target(.complete("CREATE TABLE"), .ready())
        #expect(stage.takeSent().contains("pg_catalog.pg_attribute"))
        #expect(stage.client(.query("SELECT id FROM fresh")).isEmpty)
        answer(stage)
        #expect(stage.takeSent() == "Q(SELECT id FROM fresh)")
    }

    @Test("What a batch has made is known to the messages behind it, as a whole")
    func batch() {
        let stage = Stage()
        let sent = stage.client(
            .parse("", "CREATE TABLE fresh (id int)"),
            .bind(""),
            .execute(),
            .parse("", "SELECT id FROM fresh"),
            .bind(""),
            .execute(),
            .sync
        )
        #expect(sent.hasSuffix("P(SELECT id FROM fresh) B E S"))
        #expect(stage.ledger.commands[1].contains("{\"action\":\"select\",\"object\":\"public.fresh\""))
    }

    @Test("A temporary table counts as one of pg_temp")
    func temporary() {
        let stage = Stage()
        stage.client(.query("CREATE TEMP TABLE scratch (id int)"))
        stage.target(.complete("CREATE TABLE"), .ready())
        answer(stage)
        _ = stage.takeSent()
        #expect(stage.client(.query("SELECT * FROM scratch")) == "Q(SELECT * FROM scratch)")
        #expect(stage.ledger.commands.last?.contains("pg_temp.scratch") == true)
    }

    @Test("While the catalog cannot be read, nothing is allowed")
    func failed() {
        let stage = Stage()
        stage.client(.query("CREATE TABLE fresh (id int)"))
        stage.target(.complete("CREATE TABLE"), .ready())
        stage.target(.error("57014"), .ready())
        _ = stage.takeSent()
        #expect(stage.client(.query("SELECT 1")).hasPrefix("E(refused by countersign: record"))
        #expect(stage.ledger.commands.last?.contains("could not be read") == true)
    }

    @Test("An old snapshot is read again between transactions, never inside of one")
    func old() {
        let stage = Stage()
        stage.client(.query("BEGIN"))
        stage.target(.complete("BEGIN"), .ready("T"))
        stage.passTime(ticks: CatalogSlot.age + 1)
        #expect(stage.client(.query("SELECT 1")) == "Q(SELECT 1)")
        stage.target(.complete("SELECT 1"), .ready("T"))
        #expect(stage.takeSent().isEmpty)
        stage.client(.query("COMMIT"))
        stage.target(.complete("COMMIT"), .ready())
        #expect(stage.takeSent().contains("pg_catalog.pg_attribute"))
        answer(stage)
        #expect(stage.takeSent().isEmpty)
        #expect(stage.client(.query("SELECT 1")) == "Q(SELECT 1)")
    }

    @Test("What a transaction made is gone from the session's sight with it")
    func transaction() {
        let stage = Stage()
        stage.client(.query("BEGIN"))
        stage.target(.complete("BEGIN"), .ready("T"))
        stage.client(.query("CREATE TABLE fresh (id int)"))
        stage.target(.complete("CREATE TABLE"), .ready("T"))
        stage.session.targetBytes(Message.bytes(Self.catalog.dropLast() + [.ready("T")]))
        #expect(stage.session.definitions.own != nil)
        _ = stage.takeSent()
        stage.client(.query("ROLLBACK"))
        stage.target(.complete("ROLLBACK"), .ready())
        #expect(stage.session.definitions.own == nil)
        #expect(stage.takeSent().contains("pg_catalog.pg_attribute"))
    }
}
