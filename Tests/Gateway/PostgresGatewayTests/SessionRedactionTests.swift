import AccessModel
import Testing

@testable import PostgresGateway

@Suite("A session whose records tell no literals")
struct SessionRedactionTests {
    private func stage() -> Stage { Stage(owed: Obligations(literals: .redacted)) }

    private func all(_ stage: Stage) -> String { stage.ledger.bodies.joined(separator: "\n") }

    @Test("Constants and parameters are taken out, and equal texts have equal keyed hashes")
    func texts() throws {
        let stage = stage()
        for _ in 0..<2 {
            #expect(stage.client(.query("SELECT name FROM t WHERE name = 'canary'")).contains("canary"))
            stage.target(.complete("SELECT 0"), .ready())
        }
        stage.client(.query("SELECT name FROM t WHERE name = 'other'"))
        stage.target(.complete("SELECT 0"), .ready())
        stage.client(.parse("", "SELECT name FROM t WHERE name = $1"), .bind("", "canary"), .execute(), .sync)
        stage.target(.parsed, .bound, .complete("SELECT 0"), .ready())
        #expect(!all(stage).contains("canary") && !all(stage).contains("other"))
        let commands = stage.ledger.commands
        #expect(commands[0].contains(#""text":"SELECT name FROM t WHERE name = '…'","sha256":null,"hmac_sha256":""#))
        #expect(commands[0] == commands[1])
        #expect(commands[1] != commands[2])
        #expect(commands[3].contains(#""parameters":["…"],"parameters_hmac_sha256":""#))
    }

    @Test("Numbers that share an analysis do not share a hash, and are not told")
    func numbers() {
        let stage = stage()
        for number in [111_111, 222_222] {
            stage.client(.query("SELECT name FROM t WHERE id = \(number)"))
            stage.target(.complete("SELECT 0"), .ready())
        }
        #expect(!all(stage).contains("111111") && !all(stage).contains("222222"))
        #expect(stage.ledger.commands[0] != stage.ledger.commands[1])
    }

    @Test(
        "Neither a refusal nor an error tells what the text holds",
        arguments: [
            "SELECT 1 'canary'", "EXECUTE p('canary')", "SELECT 'canary' FROM nowhere", "COPY t TO PROGRAM 'canary'",
            "DELETE FROM t WHERE name = 'canary'", "SELEC 'canary'", "COPY t FROM '/canary'", "SELECT 'canary",
        ]
    )
    func refusals(text: String) {
        let stage = stage()
        stage.client(.query(text))
        stage.target(.error("22P02", "invalid input: \"canary\""), .ready())
        #expect(stage.ledger.commands.count == 1)
        #expect(!all(stage).contains("canary"), "\(all(stage))")
    }

    @Test("The target's error is recorded by its SQLSTATE, and told to the client as it is")
    func errors() {
        let stage = stage()
        stage.client(.query("SELECT 'canary'::int"))
        #expect(stage.target(.error("22P02", "invalid: canary"), .ready()).contains("canary"))
        #expect(stage.ledger.outcomes[0].contains("22P02: invalid input syntax"))
        #expect(!all(stage).contains("canary"))
    }

    @Test("A text that may hold a password is redacted for every role, and the parameters with it")
    func passwords() {
        let stage = Stage()
        stage.client(.query("ALTER ROLE app PASSWORD 'canary'"))
        stage.target(.error("42501", "no: canary"), .ready())
        #expect(!all(stage).contains("canary"))
        #expect(stage.ledger.commands[0].contains(#""sha256":null,"hmac_sha256":""#))
    }

    @Test("What was recorded and never sent is not executed, and what was sent is unknown")
    func notExecuted() {
        let stage = Stage(readsOnDisk: true)
        stage.client(.query("SELECT 1"))
        stage.ledger.sync()
        #expect(stage.takeSent() == "Q(SELECT 1)")
        stage.target(.complete("SELECT 1"), .ready())
        stage.client(.query("SELECT 2"))
        stage.session.settleAll()
        #expect(stage.ledger.outcomes[1].contains(#""status":"not executed""#))
        let sent = Stage()
        #expect(sent.client(.query("SELECT 2")) == "Q(SELECT 2)")
        sent.session.settleAll()
        #expect(sent.ledger.outcomes[0].contains(#""status":"unknown""#))
    }

    @Test("An outcome says how many masked columns its rows were made with")
    func masked() {
        let stage = Stage(masks: [ObjectName(schema: "public", name: "t"): ["name": .null]])
        stage.client(.query("SELECT name FROM t"))
        stage.target(.row("x"), .row("y"), .complete("SELECT 2"), .ready())
        #expect(stage.ledger.outcomes[0].contains(#""masked":{"columns":1,"rows":2}"#))
    }
}
