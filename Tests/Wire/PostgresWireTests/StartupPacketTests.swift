import NIOCore
import PostgresWire
import Testing

@Suite("The first packet of a connection")
struct StartupPacketTests {
    static let packets: [(ByteBuffer, StartupPacket)] = [
        (Bytes.packet(StartupPacket.sslCode), .sslRequest),
        (Bytes.packet(StartupPacket.gssCode), .gssEncryptionRequest),
        (
            Bytes.packet(StartupPacket.cancelCode, [0, 0, 0, 7, 1, 2, 3, 4]),
            .cancelRequest(process: 7, secret: [1, 2, 3, 4])
        ),
        (
            Bytes.packet(StartupPacket.cancelCode, [0, 0, 0, 7] + Array(repeating: 9, count: 256)),
            .cancelRequest(process: 7, secret: Array(repeating: 9, count: 256))
        ),
        (
            Bytes.startup([("user", "reader"), ("database", "orders/shop"), ("options", "")]),
            .startup(
                version: .version30,
                parameters: [
                    StartupParameter("user", "reader"), StartupParameter("database", "orders/shop"),
                    StartupParameter("options", ""),
                ]
            )
        ),
        (Bytes.startup([], version: 3 << 16 | 2), .startup(version: .version32, parameters: [])),
    ]

    @Test("A packet is taken once it is whole, and nothing before, wherever it is split", arguments: packets.indices)
    func split(index: Int) throws {
        let (bytes, expected) = Self.packets[index]
        for length in 0..<bytes.readableBytes {
            var part = try #require(bytes.getSlice(at: bytes.readerIndex, length: length))
            #expect(try StartupPacket(from: &part) == nil)
            #expect(part.readableBytes == length)
            part.writeBytes(bytes.readableBytesView.dropFirst(length))
            #expect(try StartupPacket(from: &part) == expected)
            #expect(part.readableBytes == 0)
        }
    }

    @Test("Only the bytes of the packet are taken")
    func trailing() throws {
        var bytes = Bytes.packet(StartupPacket.sslCode)
        bytes.writeString("smuggled")
        #expect(try StartupPacket(from: &bytes) == .sslRequest)
        #expect(Bytes.text(bytes) == "smuggled")
    }

    @Test(
        "A declared length is judged before a byte of the body is there",
        arguments: [
            (0, .tooShort), (4, .tooShort), (7, .tooShort), (10_001, .tooLong), (1 << 31, .tooLong), (.max, .tooLong),
            (0x4745_5420, .tooLong),
        ] as [(UInt32, FrameError.Code)]
    )
    func length(declared: UInt32, code: FrameError.Code) {
        var bytes = ByteBuffer(integer: declared)
        #expect(throws: FrameError(code: code, type: 0, declared: declared)) { try StartupPacket(from: &bytes) }
    }

    @Test("The largest packet is taken")
    func largest() throws {
        var bytes = Bytes.startup([("user", String(repeating: "u", count: 9_985))])
        #expect(bytes.readableBytes == StartupPacket.limit)
        #expect(try StartupPacket(from: &bytes) != nil)
    }

    @Test("Every wrong length of a whole packet is refused or waited for, and nothing crashes")
    func lies() throws {
        for (bytes, expected) in Self.packets {
            for declared in UInt32(0)...UInt32(bytes.readableBytes + 2) where declared != bytes.readableBytes {
                var lie = bytes
                lie.setInteger(declared, at: lie.readerIndex)
                #expect((try? StartupPacket(from: &lie)) != expected)
            }
        }
    }

    static let malformed: [(String, ByteBuffer)] = [
        ("SSLRequest with a body", Bytes.packet(StartupPacket.sslCode, [0])),
        ("GSSENCRequest with a body", Bytes.packet(StartupPacket.gssCode, [1, 2])),
        ("cancel without a process", Bytes.packet(StartupPacket.cancelCode, [0, 0])),
        ("cancel with three bytes of secret", Bytes.packet(StartupPacket.cancelCode, [0, 0, 0, 1, 1, 2, 3])),
        (
            "cancel with 257 bytes of secret",
            Bytes.packet(StartupPacket.cancelCode, [0, 0, 0, 1] + Array(repeating: 0, count: 257))
        ),
        ("no body", Bytes.packet(3 << 16)),
        ("a name without a value", Bytes.packet(3 << 16, Array("user\0".utf8))),
        ("a value without an end", Bytes.packet(3 << 16, Array("user\0reader".utf8))),
        ("no end of the list", Bytes.packet(3 << 16, Array("user\0reader\0".utf8))),
        ("bytes behind the end of the list", Bytes.packet(3 << 16, Array("user\0reader\0\0x".utf8))),
        ("text that is not UTF-8", Bytes.packet(3 << 16, [0x75, 0, 0xFF, 0, 0])),
        ("a name that comes twice", Bytes.startup([("user", "reader"), ("user", "owner")])),
    ]

    @Test("A body of another shape is refused", arguments: malformed.indices)
    func shape(index: Int) {
        var (name, bytes) = Self.malformed[index]
        #expect(throws: FrameError.self, "\(name)") { try StartupPacket(from: &bytes) }
    }

    @Test(
        "A version that is not 3 is told apart from garbage, with the version in the error",
        arguments: [2 << 16, 4 << 16, 1234 << 16 | 5681, 0, .max] as [UInt32]
    )
    func version(code: UInt32) {
        var bytes = Bytes.packet(code)
        #expect(throws: FrameError(code: .unknownType, type: 0, declared: code)) { try StartupPacket(from: &bytes) }
    }

    @Test("What is spoken is 3.2 where the client asks for it or more, else 3.0")
    func negotiated() {
        for (asked, spoken) in [(0, 0), (1, 0), (2, 2), (3, 2), (9999, 2)] as [(UInt32, UInt32)] {
            #expect(ProtocolVersion(code: 3 << 16 | asked).negotiated.minor == spoken)
        }
    }
}
