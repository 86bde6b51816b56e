internal import GatewayKit
internal import NIOCore
internal import PostgresWire

/// Messages that go out in other words than the client's.
extension PostgresSession {
    static func message(_ kind: FrontendKind, _ body: (inout ByteBuffer) -> Void) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeMessage(kind.rawValue, body)
        return buffer
    }

    /// The same message with the session's stamp as the value, so that the answer is the one the client expects.
    func stampMessage(_ kind: FrontendKind, name: String?) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeMessage(kind.rawValue) { body in
            if let name { body.writeNullTerminated(name) }
            body.writeNullTerminated("SET application_name = '\(admission.stamp)'")
            if name != nil { body.writeInteger(UInt16(0)) }
        }
        return buffer
    }
}
