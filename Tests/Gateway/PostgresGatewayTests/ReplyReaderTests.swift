import NIOCore
import Testing

@testable import PostgresGateway

@Suite("What is read of the target's replies")
struct ReplyReaderTests {
    @Test(
        "A command's tag tells its rows",
        arguments: [
            ("SELECT 10\0", 10), ("INSERT 0 5\0", 5), ("SELECT 0", 0), ("BEGIN\0", nil), ("", nil), ("\0", nil),
            ("10\0", nil), ("SELECT \0", nil), ("SELECT x1\0", nil), ("SELECT 10 \0", nil), ("SELECT -1\0", nil),
            ("COPY 999999999999999999\0", 999_999_999_999_999_999), ("COPY 99999999999999999999\0", nil),
        ] as [(String, UInt64?)]
    )
    func rows(tag: String, rows: UInt64?) {
        #expect(CommandTag.rows(ByteBuffer(string: tag)) == rows)
    }

    @Test("The answer to a probe is columns of names")
    func probe() {
        var reader = ProbeReader()
        reader.begin(readsCatalog: false)
        #expect(reader.isReading)
        var body = ByteBuffer(integer: UInt16(1))
        body.writeInteger(Int32(5))
        body.writeString("a\u{1}b c")
        reader.row(body)
        #expect(reader.schemas == ["a", "b c"])
        #expect(!reader.hasFailed)
        reader.end()
        #expect(!reader.isReading)
    }

    @Test("A row that lies fails the probe, and the next one begins anew")
    func lies() throws {
        var whole = ByteBuffer(integer: UInt16(1))
        whole.writeInteger(Int32(2))
        whole.writeString("ab")
        var bad = try (0..<whole.readableBytes).map { try #require(whole.getSlice(at: 0, length: $0)) }
        bad.append(ByteBuffer(bytes: [0, 1, 0xFF, 0xFF, 0xFF, 0xFE]))
        bad.append(ByteBuffer(bytes: [0, 1, 0, 0, 0, 1, 0xFF]))
        for body in bad {
            var reader = ProbeReader()
            reader.begin(readsCatalog: false)
            reader.row(body)
            #expect(reader.hasFailed)
            reader.begin(readsCatalog: false)
            #expect(!reader.hasFailed)
        }
    }

    @Test("A setting under which statements are read otherwise is told apart")
    func settings() {
        for (name, value, isSafe) in [
            ("standard_conforming_strings", "on", true), ("standard_conforming_strings", "off", false),
            ("standard_conforming_strings", "", false), ("client_encoding", "UTF8", true),
            ("client_encoding", "BIG5", false), ("client_encoding", "LATIN1", false), ("DateStyle", "ISO", true),
        ] {
            #expect(TargetSettings.readsStatementsAsAnalysed(name, value) == isSafe)
        }
    }
}
