import AccessModel
import NIOCore
import Testing

@testable import PostgresGateway

@Suite("A session whose results are looked through")
struct SessionDetectorTests {
    private func stage(_ detectors: [SensitiveKind: DetectorResponse] = [.card: .redact, .email: .report]) -> Stage {
        Stage(owed: Obligations(detectors: detectors))
    }

    /// A RowDescription with columns of these types.
    private func columns(_ types: UInt32...) -> Message {
        var body = ByteBuffer()
        body.writeInteger(UInt16(types.count))
        for type in types {
            body.writeBytes(Array("c\0".utf8))
            body.writeBytes([UInt8](repeating: 0, count: 6))
            body.writeInteger(type)
            body.writeBytes([UInt8](repeating: 0, count: 8))
        }
        return Message(type: "T", body: Array(body.readableBytesView))
    }

    private let card = "4111111111111111"

    @Test("What is found is taken out or only counted, and the outcome tells how much")
    func query() {
        let stage = stage()
        stage.client(.query("SELECT name, name FROM t"))
        let told = stage.target(
            columns(25, 25),
            .row("pay \(card) now", "a@example.com"),
            .complete("SELECT 1"),
            .ready()
        )
        #expect(told.contains("pay [redacted: card] now") && told.contains("a@example.com") && !told.contains(card))
        #expect(
            stage.ledger.outcomes[0].contains(
                #""detected":[{"kind":"card","response":"redact","count":1},{"kind":"email","response":"report","count":1}]"#
            )
        )
        #expect(!stage.ledger.outcomes[0].contains(card))
    }

    @Test("Columns that hold no text are left alone, where the target has told them")
    func types() {
        let stage = stage()
        stage.client(.query("SELECT 1"))
        #expect(stage.target(columns(20), .row(card), .complete("SELECT 1"), .ready()).contains(card))
        // A prepared statement of which the client asked no description.
        stage.client(.parse("", "SELECT id FROM t"), .bind(""), .execute(), .sync)
        #expect(!stage.target(.parsed, .bound, .row(card), .complete("SELECT 1"), .ready()).contains(card))
    }

    @Test("A description is that of the statement that it was asked of, and of no other one")
    func described() {
        let stage = stage()
        let describe = Message(type: "D", body: Array("Sa\0".utf8))
        stage.client(.parse("a", "SELECT id FROM t"), .parse("b", "SELECT name FROM t"), describe, .sync)
        stage.target(.parsed, .parsed, Message(type: "t", body: [0, 0]), columns(20), .ready())
        stage.client(.bind("b", portal: "p"), .bind("a", portal: "q"), .execute("p"), .execute("q"), .sync)
        let told = stage.target(
            .bound,
            .bound,
            .row(card),
            .complete("SELECT 1"),
            .row(card),
            .complete("SELECT 1"),
            .ready()
        )
        #expect(told.contains("[redacted: card]"))
        #expect(told.contains(card))
    }

    @Test("What FETCH gives is looked through whatever it was described as")
    func fetch() {
        let stage = stage()
        let describe = Message(type: "D", body: Array("Sf\0".utf8))
        stage.client(.parse("f", "FETCH c"), describe, .sync)
        stage.target(.parsed, Message(type: "t", body: [0, 0]), columns(20), .ready())
        stage.client(.bind("f"), .execute(), .sync)
        #expect(!stage.target(.bound, .row(card), .complete("FETCH 1"), .ready()).contains(card))
    }

    @Test("JSON stays JSON")
    func json() {
        let stage = stage()
        stage.client(.query("SELECT 1"))
        let row = Message.row("{\"n\": \(card), \"s\": \"\\\" \(card)\"}")
        let told = stage.target(columns(3802), row, .complete("SELECT 1"), .ready())
        #expect(told.contains(#"{"n": "[redacted: card]", "s": "\" [redacted: card]"}"#))
    }

    @Test("A value that is no text as a whole becomes NULL")
    func composite() {
        let stage = stage()
        stage.client(.query("SELECT 1"))
        let told = stage.target(columns(1009), .row("\0\0 \(card)"), .complete("SELECT 1"), .ready())
        #expect(!told.contains(card))
    }

    @Test("A value that comes in pieces is found")
    func pieces() {
        let stage = stage()
        stage.client(.query("SELECT name FROM t"))
        let bytes = Message.bytes([columns(25), .row("pay \(card) now"), .complete("SELECT 1"), .ready()])
        for byte in bytes.readableBytesView { stage.session.targetBytes(ByteBuffer(bytes: [byte])) }
        let told = stage.takeAnswered()
        #expect(told.contains("pay [redacted: card] now") && told.hasSuffix("C(SELECT 1) Z(I)"))
    }

    @Test("COPY data are looked through, as text and in binary")
    func copy() {
        let stage = stage()
        stage.client(.query("COPY t TO STDOUT"))
        let told = stage.target(
            Message(type: "H", body: [0, 0, 0]),
            Message(type: "d", body: Array("1\t\(card)\n".utf8)),
            Message(type: "c"),
            .complete("COPY 1"),
            .ready()
        )
        #expect(told.contains("[redacted: card]") && !told.contains(card))
        stage.client(.query("COPY t TO STDOUT (FORMAT binary)"))
        let header = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let binary = stage.target(
            Message(type: "H", body: [1, 0, 0]),
            Message(type: "d", body: header + Message.row(card).body),
            Message(type: "d", body: [0xFF, 0xFF]),
            Message(type: "c"),
            .complete("COPY 1"),
            .ready()
        )
        #expect(binary.contains("PGCOPY") && binary.contains("[redacted: card]") && !binary.contains(card))
    }

    @Test("A row that is too long ends a session that redacts, and is marked in one that reports")
    func long() {
        let long = Message(type: "D", body: [0, 1, 0x00, 0x50, 0, 0] + [UInt8](repeating: 0x61, count: 0x50_0000))
        let redacting = stage()
        redacting.client(.query("SELECT name FROM t"))
        redacting.target(columns(25), long)
        #expect(redacting.ended == .unsearchable)
        let reporting = stage([.card: .report])
        reporting.client(.query("SELECT name FROM t"))
        reporting.target(columns(25), long, .complete("SELECT 1"), .ready())
        #expect(reporting.ended == nil)
        #expect(reporting.ledger.outcomes[0].contains(#""unsearched":1"#))
    }

    @Test("Errors and notices show no value that is redacted")
    func reports() {
        let stage = stage()
        stage.client(.query("SELECT name::int FROM t"))
        let told = stage.target(.notice("see \(card)"), .error("22P02", "invalid: \(card)"), .ready())
        #expect(told.contains("see [redacted: card]") && told.contains("invalid: [redacted: card]"))
        #expect(!stage.ledger.outcomes[0].contains(card))
    }
}
