import AccessModel
import NIOCore
import PostgresWire
import Testing

@testable import PostgresGateway

@Suite("A Bind message")
struct BindMessageTests {
    /// `p`, `s`, the formats, the values (nil is null), and two result formats.
    private func body(formats: [Int16], values: [[UInt8]?], count: UInt16? = nil) -> ByteBuffer {
        var buffer = ByteBuffer(string: "p\0s\0")
        buffer.writeInteger(UInt16(formats.count))
        for format in formats { buffer.writeInteger(format) }
        buffer.writeInteger(count ?? UInt16(values.count))
        for value in values {
            buffer.writeInteger(value.map { Int32($0.count) } ?? -1)
            buffer.writeBytes(value ?? [])
        }
        buffer.writeMultipleIntegers(UInt16(2), Int16(0), Int16(1))
        return buffer
    }

    private func json(_ body: ByteBuffer, types: [UInt32] = []) throws -> String {
        var json = JSONBytes()
        try BindMessage(body: body).appendParameters(to: &json, types: types)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("Names are read, and the parameters as a record shows them")
    func reads() throws {
        let body = body(formats: [], values: [Array("a\"b\n".utf8), nil, []])
        let message = try BindMessage(body: body)
        #expect(message.portal == "p")
        #expect(message.statement == "s")
        #expect(try json(body) == #"["a\"b\n",null,""]"#)
        #expect(try json(self.body(formats: [], values: [])) == "[]")
    }

    static let values: [([UInt8], UInt32, String)] = [
        ([1], 16, #"["true"]"#),
        ([0], 16, #"["false"]"#),
        ([0xFF, 0xFE], 21, #"["-2"]"#),
        ([0, 0, 1, 0], 23, #"["256"]"#),
        ([0x80, 0, 0, 0, 0, 0, 0, 0], 20, #"["-9223372036854775808"]"#),
        ([0x3F, 0xC0, 0, 0], 700, #"["1.5"]"#),
        ([0x3F, 0xF8, 0, 0, 0, 0, 0, 0], 701, #"["1.5"]"#),
        (Array(0..<16), 2950, #"["00010203-0405-0607-0809-0a0b0c0d0e0f"]"#),
        (Array("text".utf8), 25, #"["text"]"#),
        ([1, 2, 3], 23, #"["\\x010203"]"#),
        ([0xDE, 0xAD], 0, #"["\\xdead"]"#),
        ([], 23, #"["\\x"]"#),
    ]

    @Test(
        "A binary value is decoded where its type and length are known, and else shown as bytes",
        arguments: values.indices
    )
    func binary(index: Int) throws {
        let (value, type, expected) = Self.values[index]
        #expect(try json(body(formats: [1], values: [value]), types: [type]) == expected)
    }

    @Test("One format holds for all values, several hold one each")
    func formats() throws {
        let values: [[UInt8]?] = [[0x31], [0x32]]
        #expect(try json(body(formats: [1], values: values)) == #"["\\x31","\\x32"]"#)
        #expect(try json(body(formats: [0, 1], values: values)) == #"["1","\\x32"]"#)
    }

    @Test("A message that is cut anywhere is malformed, and so is one with a byte too many")
    func truncated() throws {
        let whole = body(formats: [0, 1], values: [[0x31], nil])
        _ = try BindMessage(body: whole)
        for length in 0..<whole.readableBytes {
            let part = try #require(whole.getSlice(at: 0, length: length))
            #expect(throws: FrameError(code: .malformed, type: 0x42)) { try BindMessage(body: part) }
        }
        var longer = whole
        longer.writeInteger(UInt8(0))
        #expect(throws: FrameError.self) { try BindMessage(body: longer) }
    }

    @Test("Counts, lengths and formats that lie are refused")
    func lies() {
        let lies = [
            body(formats: [2], values: [[1]]), body(formats: [-1], values: [[1]]),
            body(formats: [0, 0, 0], values: [[1]]),
            body(formats: [], values: [[1]], count: 0), body(formats: [], values: [[1]], count: 2),
            body(formats: [], values: [[1]], count: .max), ByteBuffer(bytes: [0xFF, 0, 0, 0, 0, 0, 0, 0, 0]),
        ]
        for lie in lies { #expect(throws: FrameError.self) { try BindMessage(body: lie) } }
        for length in [Int32.min, -2, 2, .max] {
            var lie = ByteBuffer(string: "\0\0\0\0\0\u{1}")
            lie.writeInteger(length)
            lie.writeMultipleIntegers(UInt8(1), UInt16(0))
            #expect(throws: FrameError.self) { try BindMessage(body: lie) }
        }
    }
}
