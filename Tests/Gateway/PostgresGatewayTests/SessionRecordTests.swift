import AccessModel
import GatewayKit
import NIOCore
import PostgresWire
import StatementAnalysis
import Testing

@testable import PostgresGateway

@Suite("A session: records come first")
struct SessionRecordTests {
    @Test("A session never sends the target a byte of a command whose record failed")
    func recordFails() {
        let stage = Stage()
        stage.ledger.fail()
        #expect(stage.client(.query("SELECT 'canary'")) == "E(refused by countersign) S")
        #expect(stage.target(.error("34000"), .ready()).contains("C58030"))
        let sent = stage.client(.parse("a", "SELECT $1"), .bind("a", "canary"), .execute(), .sync)
        #expect(sent == "P(a|SELECT $1) E(refused by countersign) S")
        let answered = stage.target(.parsed, .error("34000"), .ready())
        #expect(answered.contains("C58030"))
        #expect(!answered.contains("34000"))
        #expect(stage.ended == nil)
        #expect(stage.ledger.drafts.isEmpty)
    }

    @Test("Without witnesses no change goes to the target, in either protocol, and reads do")
    func unwitnessed() {
        let stage = Stage()
        stage.ledger.loseWitnesses()
        #expect(stage.client(.query("INSERT INTO t VALUES ('canary')")) == "E(refused by countersign) S")
        let answer = stage.target(.error("34000"), .ready())
        #expect(answer.contains("C58030"))
        #expect(answer.contains("witnesses"))
        let sent = stage.client(.parse("a", "UPDATE t SET name = $1"), .bind("a", "canary"), .execute(), .sync)
        #expect(!sent.contains("B("))
        #expect(stage.target(.parsed, .error("34000"), .ready()).contains("C58030"))
        #expect(stage.client(.query("SELECT 1; INSERT INTO t VALUES (1)")) == "E(refused by countersign) S")
        _ = stage.target(.error("34000"), .ready())
        #expect(stage.ledger.commands.isEmpty)
        #expect(stage.client(.query("SELECT 1")) == "Q(SELECT 1)")
        _ = stage.target(.row("1"), .complete("SELECT 1"), .ready())
        stage.ledger.loseWitnesses(false)
        #expect(stage.client(.query("INSERT INTO t VALUES (1)")) == "Q(INSERT INTO t VALUES (1))")
        #expect(stage.ledger.commands.count == 2)
    }

    @Test("With ports that deny everything nothing but poison reaches the target")
    func denyAll() {
        let stage = Stage(ports: .denyAll)
        for message in [Message.query("SELECT 1"), .query("BEGIN"), .query(""), .query("not SQL")] {
            #expect(stage.client(message) == "E(refused by countersign) S")
            #expect(stage.target(.error("34000"), .ready()).hasPrefix("E("))
        }
        #expect(stage.client(.parse("", "SELECT 1"), .bind(""), .execute(), .sync) == "E(refused by countersign) S")
    }

    @Test("Parameters of a text that may carry a password are not in its record")
    func hiddenParameters() {
        let stage = Stage()
        stage.client(.parse("a", "SELECT $1 AS password"), .bind("a", "canary"), .execute(), .sync)
        stage.client(.parse("b", "SELECT $1"), .bind("b", "shown"), .execute(), .sync)
        #expect(!stage.ledger.bodies.contains { $0.contains("canary") })
        #expect(stage.ledger.commands.count == 2)
        #expect(stage.ledger.bodies.contains { $0.contains("\"parameters\":[\"shown\"]") })
    }

    @Test("The record is appended before the bytes go, and its outcome after the answer")
    func usual() throws {
        let stage = Stage()
        #expect(stage.client(.query("SELECT 1")) == "Q(SELECT 1)")
        #expect(stage.ledger.commands.count == 1)
        #expect(stage.ledger.commands[0].contains("\"text\":\"SELECT 1\""))
        #expect(stage.target(.row("1"), .complete("SELECT 1"), .ready()) == "D(1) C(SELECT 1) Z(I)")
        #expect(stage.ledger.outcomes.count == 1)
        #expect(stage.ledger.outcomes[0].contains("\"rows\":1"))
        #expect(stage.ledger.outcomes[0].contains("\"of_index\":1"))
    }

    @Test("A command goes once its record is written, at the end of the loop's turn")
    func written() {
        let stage = Stage()
        stage.session.clientBytes(Message.bytes([.query("SELECT 1")]))
        #expect(stage.ledger.commands.count == 1)
        #expect(!stage.hasSent)
        #expect(stage.takeSent() == "Q(SELECT 1)")
    }

    @Test("A write that fails ends the session, and the command was never sent")
    func notWritten() {
        let stage = Stage()
        stage.session.clientBytes(Message.bytes([.query("SELECT 1")]))
        stage.ledger.fail()
        #expect(stage.takeSent().isEmpty)
        #expect(stage.ended == .ledger)
    }

    @Test("A read behind a change waits for the change's disk, and not for its own write alone")
    func mixed() {
        let stage = Stage(changesOnDisk: true)
        #expect(stage.client(.query("INSERT INTO t VALUES (1)"), .query("SELECT 2")).isEmpty)
        #expect(stage.client(.query("SELECT 3")).isEmpty)
        stage.ledger.sync()
        #expect(stage.takeSent() == "Q(INSERT INTO t VALUES (1)) Q(SELECT 2) Q(SELECT 3)")
    }

    @Test("A change behind a read that went holds what comes after it")
    func changeBehindRead() {
        let stage = Stage(changesOnDisk: true)
        #expect(stage.client(.query("SELECT 1")) == "Q(SELECT 1)")
        #expect(stage.client(.query("INSERT INTO t VALUES (1)")).isEmpty)
        stage.ledger.sync()
        #expect(stage.takeSent() == "Q(INSERT INTO t VALUES (1))")
    }

    @Test("A read with built-in functions is a read, and one with others is a change")
    func functions() {
        let stage = Stage(changesOnDisk: true)
        #expect(stage.client(.query("SELECT count(*), upper(name) FROM t GROUP BY name")).hasPrefix("Q("))
        for text in ["SELECT setval('s', 1)", "SELECT pg_terminate_backend(1)"] {
            let stage = Stage(changesOnDisk: true)
            #expect(stage.client(.query(text)).isEmpty)
            stage.ledger.sync()
            #expect(stage.takeSent() == "Q(\(text))")
        }
    }

    @Test("A record that must be on disk holds its command, and all behind it, until it is there")
    func durable() {
        let stage = Stage(readsOnDisk: true)
        #expect(stage.client(.query("SELECT 1"), .query("SELECT 2")).isEmpty)
        #expect(stage.ledger.commands.count == 2)
        stage.ledger.sync()
        #expect(stage.takeSent() == "Q(SELECT 1) Q(SELECT 2)")
    }

    @Test("A disk that refuses ends the session, and the command was never sent")
    func notDurable() {
        let stage = Stage(readsOnDisk: true)
        #expect(stage.client(.query("SELECT 1")).isEmpty)
        stage.ledger.sync(.failure(RecordRefusal(cause: "i/o error")))
        #expect(stage.takeSent().isEmpty)
        #expect(stage.ended == .ledger)
    }

    @Test("However the client's bytes are split, the target gets the same, and the ledger too")
    func split() throws {
        let messages: [Message] = [
            .query("DELETE FROM t"), .query("SELECT 2"), .parse("a", "SELECT $1"), .bind("a", "x"), .execute(), .sync,
        ]
        let bytes = Message.bytes(messages)
        let whole = Stage()
        whole.session.clientBytes(bytes)
        let expected = whole.takeSent()
        #expect(expected.hasSuffix(") S Q(SELECT 2) P(a|SELECT $1) B(a|x) E S"))
        for length in 1..<bytes.readableBytes {
            let stage = Stage()
            stage.session.clientBytes(try #require(bytes.getSlice(at: 0, length: length)))
            stage.session.clientBytes(try #require(bytes.getSlice(at: length, length: bytes.readableBytes - length)))
            #expect(stage.takeSent() == expected)
            #expect(stage.ledger.bodies == whole.ledger.bodies)
        }
        let drip = Stage()
        for byte in bytes.readableBytesView { drip.session.clientBytes(ByteBuffer(bytes: [byte])) }
        #expect(drip.takeSent() == expected)
    }

    @Test("However the target's bytes are split, the client gets the same")
    func splitAnswers() throws {
        let bytes = Message.bytes([
            .row("1"), .complete("SELECT 1"), .ready(), .error("34000"), .ready(), .row("2"), .complete("SELECT 1"),
            .ready(),
        ])
        var expected: String?
        for length in 0..<bytes.readableBytes {
            let stage = Stage()
            stage.client(.query("SELECT 1"), .query("DELETE FROM t"), .query("SELECT 2"))
            stage.session.targetBytes(try #require(bytes.getSlice(at: 0, length: length)))
            stage.session.targetBytes(try #require(bytes.getSlice(at: length, length: bytes.readableBytes - length)))
            let answered = stage.takeAnswered()
            #expect(expected == nil || expected == answered)
            expected = answered
            #expect(stage.ended == nil)
        }
        #expect(expected?.contains("C42501") == true)
        #expect(expected?.contains("34000") == false)
    }

    @Test("A refusal names its record, and the target's own log does too")
    func refusal() {
        let stage = Stage()
        let sent = stage.client(.query("DELETE FROM t"))
        let id = ULID(high: 0, low: 1)
        #expect(sent == "E(refused by countersign: record \(id)) S")
        let answered = stage.target(.error("34000"), .ready())
        #expect(answered.contains("countersign: denied: delete from public.t (record \(id))"))
        #expect(stage.ledger.commands[0].contains("\"outcome\":\"deny\""))
        #expect(stage.ledger.outcomes.isEmpty)
    }

    @Test("A statement that may hold a password is recorded without it")
    func secret() {
        let stage = Stage()
        stage.client(.query("ALTER ROLE app PASSWORD 'canary'"))
        stage.client(.query("ALTER ROL app PASSWORD 'canary'"))
        #expect(stage.ledger.commands.count == 2)
        for body in stage.ledger.commands {
            #expect(!body.contains("canary"))
            #expect(body.contains("\"sha256\":null"))
        }
    }

    @Test("A function call of the protocol is refused and recorded")
    func functionCall() {
        let stage = Stage()
        #expect(stage.client(Message(type: "F", body: [0, 0, 0, 1])).hasPrefix("E(refused by countersign"))
        #expect(stage.ledger.commands.count == 1)
    }

    @Test("The stamp keeps its value, whatever is set")
    func stamp() {
        let stage = Stage()
        #expect(
            stage.client(.query("SET application_name = 'evil'"))
                == "Q(SET application_name = 'cs:\(ULID(high: 1, low: 2))')"
        )
        #expect(stage.client(.query("SELECT 1; SET application_name = 'evil'")).hasPrefix("E(refused"))
    }

    static let violations: [Message] = [
        Message(type: "Q", body: Array("SELECT 1".utf8)), Message(type: "Q"), Message(type: "P", body: [0]),
        Message(type: "P", body: [0, 0, 0, 9]), Message(type: "B", body: [0, 0, 0]), Message(type: "E", body: [0, 0]),
        Message(type: "S", body: [1]), Message(type: "y"), Message(type: "p", body: [0]),
        Message(type: "E", body: [0xFF, 0, 0, 0, 0, 0]), Message(type: "C", body: [0x58, 0]),
    ]

    @Test("A message that breaks the protocol ends the session, and nothing is sent", arguments: violations.indices)
    func violation(index: Int) {
        let stage = Stage()
        #expect(stage.client(Self.violations[index]).isEmpty)
        guard case .clientViolation? = stage.ended else {
            Issue.record("the session went on")
            return
        }
        #expect(stage.ledger.drafts.isEmpty)
    }

    @Test("A target that reads statements otherwise than they were analysed ends the session")
    func setting() {
        for (name, value) in [("standard_conforming_strings", "off"), ("client_encoding", "SJIS")] {
            let stage = Stage()
            stage.target(Message(type: "S", body: Array("\(name)\0\(value)\0".utf8)))
            #expect(stage.ended == .targetSetting(name))
        }
        let stage = Stage()
        #expect(stage.target(Message(type: "S", body: Array("TimeZone\0UTC\0".utf8))) == "S(TimeZone|UTC)")
        #expect(stage.ended == nil)
    }

    @Test("A target that answers what nobody asked ends the session")
    func unasked() {
        let stage = Stage()
        stage.target(.complete("SELECT 1"))
        guard case .targetViolation? = stage.ended else {
            Issue.record("the session went on")
            return
        }
    }
}
