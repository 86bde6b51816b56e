package import NIOCore

/// The fields of an ErrorResponse or NoticeResponse that are read or written here. PostgreSQL manual, Error and Notice
/// Message Fields.
package struct ErrorFields: Hashable, Sendable {
    package var severity: String
    package var sqlState: String
    package var message: String
    package var detail: String?
    package var hint: String?

    package init(severity: String, sqlState: String, message: String, detail: String? = nil, hint: String? = nil) {
        self.severity = severity
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.hint = hint
    }

    /// Reads the fields at the start of a body, as far as it is there: an error text may be longer than what is kept.
    package init(body: ByteBuffer) {
        self.init(severity: "", sqlState: "", message: "")
        var rest = body
        while let code = rest.readInteger(as: UInt8.self), code != 0 {
            let bytes = rest.readableBytesView
            let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
            let text = String(decoding: bytes[..<end], as: UTF8.self)
            switch code {
            case 0x56: severity = text  // V, never localised
            case 0x53: if severity.isEmpty { severity = text }  // S
            case 0x43: sqlState = text  // C
            case 0x4D: message = text  // M
            case 0x44: detail = text  // D
            case 0x48: hint = text  // H
            default: break
            }
            guard end < bytes.endIndex else { return }
            rest.moveReaderIndex(to: end + 1)
        }
    }

    /// Writes a whole message. NUL cannot stand in a field and becomes `?`.
    package func write(type: BackendKind, into buffer: inout ByteBuffer) {
        buffer.writeMessage(type.rawValue) { body in
            let fields: [(UInt8, String?)] = [
                (0x53, severity), (0x56, severity), (0x43, sqlState), (0x4D, message), (0x44, detail), (0x48, hint),
            ]
            for case (let code, let text?) in fields {
                body.writeInteger(code)
                body.writeBytes(text.utf8.lazy.map { $0 == 0 ? 0x3F : $0 })
                body.writeInteger(UInt8(0))
            }
            body.writeInteger(UInt8(0))
        }
    }
}

extension ByteBuffer {
    /// Writes a message with a type byte: `body` writes what comes after the length.
    package mutating func writeMessage(_ type: UInt8, _ body: (inout ByteBuffer) -> Void) {
        writeInteger(type)
        writePacket(body)
    }

    /// Writes a length that counts itself, and what `body` writes.
    package mutating func writePacket(_ body: (inout ByteBuffer) -> Void) {
        let start = writerIndex
        writeInteger(UInt32(0))
        body(&self)
        setInteger(UInt32(writerIndex - start), at: start)
    }

    package mutating func writeNullTerminated(_ text: String) {
        writeString(text)
        writeInteger(UInt8(0))
    }
}
