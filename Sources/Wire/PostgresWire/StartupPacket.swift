package import NIOCore

/// What may come first on a connection, before any message with a type byte: Int32 length (itself included), Int32
/// code, body. PostgreSQL manual, Message Formats: SSLRequest, GSSENCRequest, CancelRequest, StartupMessage.
package enum StartupPacket: Hashable, Sendable {
    case sslRequest
    case gssEncryptionRequest
    /// The process id and the secret: 4 bytes in 3.0, 4 to 256 in 3.2.
    case cancelRequest(process: UInt32, secret: [UInt8])
    /// Parameters in the order sent. A name that comes twice is refused: two readers would not agree on its value.
    case startup(version: ProtocolVersion, parameters: [StartupParameter])

    /// PostgreSQL's MAX_STARTUP_PACKET_LENGTH.
    package static let limit = 10_000
    package static let cancelCode: UInt32 = 1234 << 16 | 5678
    package static let sslCode: UInt32 = 1234 << 16 | 5679
    package static let gssCode: UInt32 = 1234 << 16 | 5680

    /// Takes one packet from the front of the buffer; nil, and nothing taken, until it is whole.
    ///
    /// Throws `.tooShort` under 8 bytes and `.tooLong` above 10,000, before buffering; `.malformed` for a body of
    /// another shape; `.unknownType` for a code that is neither a request nor version 3. The type in errors is 0.
    package init?(from buffer: inout ByteBuffer) throws(FrameError) {
        guard let declared = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return nil }
        guard declared >= 8 else { throw FrameError(code: .tooShort, type: 0, declared: declared) }
        guard declared <= StartupPacket.limit else { throw FrameError(code: .tooLong, type: 0, declared: declared) }
        guard buffer.readableBytes >= Int(declared), var packet = buffer.readSlice(length: Int(declared)) else {
            return nil
        }
        packet.moveReaderIndex(forwardBy: 4)
        guard let code = packet.readInteger(as: UInt32.self) else {
            throw FrameError(code: .malformed, type: 0, declared: declared)
        }
        self = try StartupPacket.decode(code: code, body: &packet, declared: declared)
    }

    private static func decode(
        code: UInt32,
        body: inout ByteBuffer,
        declared: UInt32
    ) throws(FrameError) -> StartupPacket {
        let malformed = FrameError(code: .malformed, type: 0, declared: declared)
        switch code {
        case sslCode, gssCode:
            guard body.readableBytes == 0 else { throw malformed }
            return code == sslCode ? .sslRequest : .gssEncryptionRequest
        case cancelCode:
            guard let process = body.readInteger(as: UInt32.self), (4...256).contains(body.readableBytes) else {
                throw malformed
            }
            return .cancelRequest(process: process, secret: Array(body.readableBytesView))
        default:
            let version = ProtocolVersion(code: code)
            guard version.major == 3 else { throw FrameError(code: .unknownType, type: 0, declared: code) }
            guard let parameters = StartupParameter.list(from: &body) else { throw malformed }
            return .startup(version: version, parameters: parameters)
        }
    }
}
