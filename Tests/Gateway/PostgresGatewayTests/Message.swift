import NIOCore
import PostgresWire

/// A message of either side, and how a transcript shows it: the type byte, then the text of the body where it has some.
struct Message {
    var type: Character
    var body: [UInt8] = []

    static func query(_ text: String) -> Message { Message(type: "Q", body: Array("\(text)\0".utf8)) }
    static func parse(_ name: String, _ text: String) -> Message {
        Message(type: "P", body: Array("\(name)\0\(text)\0\0\0".utf8))
    }
    static func bind(_ statement: String, portal: String = "", _ values: String...) -> Message {
        var body = Array("\(portal)\0\(statement)\0\0\0".utf8) + [0, UInt8(values.count)]
        for value in values { body += [0, 0, 0, UInt8(value.utf8.count)] + Array(value.utf8) }
        return Message(type: "B", body: body + [0, 0])
    }
    static func execute(_ portal: String = "") -> Message {
        Message(type: "E", body: Array("\(portal)\0\0\0\0\0".utf8))
    }
    static func close(statement name: String) -> Message { Message(type: "C", body: Array("S\(name)\0".utf8)) }
    static let sync = Message(type: "S")
    static let flush = Message(type: "H")

    static let parsed = Message(type: "1")
    static let bound = Message(type: "2")
    static let closed = Message(type: "3")
    static func complete(_ tag: String) -> Message { Message(type: "C", body: Array("\(tag)\0".utf8)) }
    static func error(_ sqlState: String, _ words: String = "failed") -> Message {
        Message(type: "E", body: Array("SERROR\0C\(sqlState)\0M\(words)\0\0".utf8))
    }
    static func notice(_ words: String) -> Message {
        Message(type: "N", body: Array("SNOTICE\0C00000\0M\(words)\0\0".utf8))
    }
    static func ready(_ status: Character = "I") -> Message { Message(type: "Z", body: [status.asciiValue ?? 0]) }
    static func row(_ texts: String...) -> Message {
        var body: [UInt8] = [0, UInt8(texts.count)]
        for text in texts { body += [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
        return Message(type: "D", body: body)
    }

    static func bytes(_ messages: [Message]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for message in messages {
            buffer.writeMessage(message.type.asciiValue ?? 0) { $0.writeBytes(message.body) }
        }
        return buffer
    }

    /// Messages between blanks: `P(a|SELECT 1) S`. Bytes that cannot be printed are `|` between texts, and no more.
    static func transcript(_ bytes: ByteBuffer) -> String {
        var rest = bytes
        var shown: [String] = []
        while let type = rest.readInteger(as: UInt8.self), let length = rest.readInteger(as: UInt32.self),
            let body = rest.readBytes(length: Int(length) - 4)
        {
            let words = body.split { !(0x20...0x7E).contains($0) }.map { String(decoding: $0, as: UTF8.self) }
            let text = words.isEmpty ? "" : "(\(words.joined(separator: "|")))"
            shown.append("\(UnicodeScalar(type))\(text)")
        }
        if rest.readableBytes > 0 { shown.append("+\(rest.readableBytes) bytes") }
        return shown.joined(separator: " ")
    }
}
