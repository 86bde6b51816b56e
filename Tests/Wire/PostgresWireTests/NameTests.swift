internal import NIOCore
internal import PostgresWire
internal import Testing

@Suite("A name in a message")
struct NameTests {
    @Test(
        "It is read up to its NUL",
        arguments: ["", "P0_1", "a name with spaces", "größe", String(repeating: "x", count: 300)]
    )
    func reads(_ name: String) {
        var buffer = ByteBuffer(string: name)
        buffer.writeBytes([0, 7])
        #expect(buffer.readName() == name)
        #expect(buffer.readableBytes == 1)
    }

    @Test("Without a NUL it is not read", arguments: ["", "P0_1", "größe"])
    func unended(_ name: String) {
        var buffer = ByteBuffer(string: name)
        #expect(buffer.readName() == nil)
    }

    @Test(
        "Bytes that are not UTF-8 are not a name",
        arguments: [[0xFF, 0], [0x61, 0xC3, 0], [0xC0, 0x80, 0]] as [[UInt8]]
    )
    func invalid(_ bytes: [UInt8]) {
        var buffer = ByteBuffer(bytes: bytes)
        #expect(buffer.readName() == nil)
    }
}
