import NIOCore
import PostgresWire

/// Messages as a peer would write them.
enum Bytes {
    /// A packet without a type byte: length, code, `body`.
    static func packet(_ code: UInt32, _ body: [UInt8] = []) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writePacket {
            $0.writeInteger(code)
            $0.writeBytes(body)
        }
        return buffer
    }

    /// A StartupMessage of `pairs`, each text and its NUL, and the NUL that ends the list.
    static func startup(_ pairs: [(String, String)], version: UInt32 = 3 << 16) -> ByteBuffer {
        packet(version, pairs.flatMap { Array("\($0.0)\0\($0.1)\0".utf8) } + [0])
    }

    static func message(_ type: Character, _ body: [UInt8] = []) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeMessage(type.asciiValue ?? 0) { $0.writeBytes(body) }
        return buffer
    }

    /// The body of an Authentication message.
    static func authentication(_ code: UInt32, _ rest: String = "") -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeInteger(code)
        buffer.writeString(rest)
        return buffer
    }

    static func text(_ buffer: ByteBuffer) -> String { String(buffer: buffer) }
}
