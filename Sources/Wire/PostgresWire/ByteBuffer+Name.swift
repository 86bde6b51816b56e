public import NIOCore

extension ByteBuffer {
    /// Reads the name of a statement or portal up to its NUL; nil where there is no NUL or the name is not UTF-8.
    ///
    /// Names are short and nearly always empty or ASCII, which needs no validation beyond a look at the top bits.
    public mutating func readName() -> String? {
        var length = 0
        var bits: UInt8 = 0
        let isEnded = withUnsafeReadableBytes { raw in
            while length < raw.count, raw[length] != 0 {
                bits |= raw[length]
                length += 1
            }
            return length < raw.count
        }
        guard isEnded, bits < 0x80 else { return readValidatedNullTerminatedString() }
        guard length > 0 else {
            moveReaderIndex(forwardBy: 1)
            return ""
        }
        let name = withUnsafeReadableBytes { raw in
            String(decoding: UnsafeRawBufferPointer(rebasing: raw[..<length]), as: UTF8.self)
        }
        moveReaderIndex(forwardBy: length + 1)
        return name
    }
}
