public import NIOCore

/// The first five bytes of a message: a type byte and an Int32 length that counts itself but not the type.
///
/// Read in place: nothing is consumed, so that a message that is forwarded untouched stays one slice.
public struct FrameHeader: Hashable, Sendable {
    /// Bytes of a header.
    @inlinable public static var size: Int { 5 }

    /// The message's type byte.
    public var type: UInt8
    /// Bytes of the body, after the header.
    public var bodyLength: Int

    /// Bytes of the whole message.
    @inlinable public var length: Int { FrameHeader.size + bodyLength }

    /// The header at `offset` bytes from the reader index; nil until five bytes are there.
    ///
    /// Throws `.tooShort` for a declared length under 4 and `.tooLong` above `limit` bytes of body, which is asked by
    /// type: both before a byte of the body is waited for.
    @inlinable public init?(
        in buffer: ByteBuffer,
        at offset: Int = 0,
        limit: (UInt8) -> Int
    ) throws(FrameError) {
        let start = buffer.readerIndex + offset
        guard buffer.readableBytes - offset >= FrameHeader.size,
            let type = buffer.getInteger(at: start, as: UInt8.self),
            let declared = buffer.getInteger(at: start + 1, as: UInt32.self)
        else { return nil }
        guard declared >= 4 else { throw FrameError(code: .tooShort, type: type, declared: declared) }
        guard declared - 4 <= UInt32(clamping: limit(type)) else {
            throw FrameError(code: .tooLong, type: type, declared: declared)
        }
        self.type = type
        self.bodyLength = Int(declared) - 4
    }
}
