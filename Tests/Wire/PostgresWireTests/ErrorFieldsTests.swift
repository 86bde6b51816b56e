import NIOCore
import PostgresWire
import Testing

@Suite("The fields of an error")
struct ErrorFieldsTests {
    private let fields = ErrorFields(
        severity: "ERROR",
        sqlState: "42501",
        message: "countersign: denied",
        detail: "policy: p",
        hint: "ask"
    )

    @Test("What is written is read again, and as far as it is there where it is cut")
    func cut() throws {
        var message = ByteBuffer()
        fields.write(type: .errorResponse, into: &message)
        let header = try #require(try FrameHeader(in: message) { _ in 1000 })
        #expect(header.length == message.readableBytes)
        #expect(header.type == BackendKind.errorResponse.rawValue)
        message.moveReaderIndex(forwardBy: FrameHeader.size)
        #expect(ErrorFields(body: message) == fields)
        for length in 0...message.readableBytes {
            let part = try #require(message.getSlice(at: message.readerIndex, length: length))
            #expect(fields.message.hasPrefix(ErrorFields(body: part).message))
        }
    }

    @Test("The severity that is never localised wins")
    func severity() {
        #expect(ErrorFields(body: ByteBuffer(string: "VERROR\0SFEHLER\0\0")).severity == "ERROR")
        #expect(ErrorFields(body: ByteBuffer(string: "SFEHLER\0VERROR\0\0")).severity == "ERROR")
        #expect(ErrorFields(body: ByteBuffer(string: "SFEHLER\0\0")).severity == "FEHLER")
    }

    @Test("Unknown fields are passed over, and what follows the end is not read")
    func unknown() {
        let read = ErrorFields(body: ByteBuffer(string: "Fparse.c\0Mtext\0\0Mother\0\0"))
        #expect(read.message == "text")
        #expect(ErrorFields(body: ByteBuffer(bytes: [0x4D, 0xFF, 0xC0, 0, 0])).message == "\u{FFFD}\u{FFFD}")
    }

    @Test("NUL in a text cannot end its field")
    func nul() {
        var message = ByteBuffer()
        ErrorFields(severity: "ERROR", sqlState: "0", message: "a\0Mb").write(type: .errorResponse, into: &message)
        message.moveReaderIndex(forwardBy: FrameHeader.size)
        #expect(ErrorFields(body: message).message == "a?Mb")
    }
}
