import NIOCore
import PostgresWire
import Testing

@Suite("The header of a message")
struct FrameHeaderTests {
    @Test("A header is read once five bytes are there, and consumes nothing")
    func split() throws {
        let whole = Bytes.message("Q", Array("SELECT 1\0".utf8))
        for length in 0...whole.readableBytes {
            let part = try #require(whole.getSlice(at: whole.readerIndex, length: length))
            let header = try FrameHeader(in: part) { _ in 100 }
            guard length >= FrameHeader.size else {
                #expect(header == nil)
                continue
            }
            #expect(header?.type == 0x51)
            #expect(header?.bodyLength == 9)
            #expect(header?.length == whole.readableBytes)
        }
    }

    @Test("A header is read at an offset, also where the buffer was read before")
    func offset() throws {
        var bytes = ByteBuffer(string: "xyz")
        bytes.moveReaderIndex(forwardBy: 2)
        bytes.writeImmutableBuffer(Bytes.message("S"))
        bytes.writeImmutableBuffer(Bytes.message("X"))
        #expect(try FrameHeader(in: bytes, at: 1) { _ in 0 }?.type == 0x53)
        #expect(try FrameHeader(in: bytes, at: 6) { _ in 0 }?.type == 0x58)
        #expect(try FrameHeader(in: bytes, at: 7) { _ in 0 } == nil)
    }

    @Test(
        "A message is refused by its declared length, whose limit is asked by type",
        arguments: [
            (0, .tooShort), (3, .tooShort), (4, nil), (14, nil), (15, .tooLong), (1 << 31, .tooLong), (.max, .tooLong),
        ] as [(UInt32, FrameError.Code?)]
    )
    func length(declared: UInt32, code: FrameError.Code?) throws {
        var bytes = ByteBuffer(bytes: [0x51])
        bytes.writeInteger(declared)
        let limit: (UInt8) -> Int = { $0 == 0x51 ? 10 : .max }
        guard let code else {
            #expect(try FrameHeader(in: bytes, limit: limit)?.bodyLength == Int(declared) - 4)
            return
        }
        #expect(throws: FrameError(code: code, type: 0x51, declared: declared)) {
            try FrameHeader(in: bytes, limit: limit)
        }
    }

    @Test("An error tells the type and the numbers, and a type that cannot be printed as a number")
    func describes() {
        #expect("\(FrameError(code: .tooLong, type: 0x51, declared: 99))".contains("'Q' declares 99 bytes"))
        #expect("\(FrameError(code: .unknownType, type: 7))".contains("type 7"))
    }
}
