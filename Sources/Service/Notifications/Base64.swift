/// RFC 4648 section 4, with padding.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var value: UInt32 = 0
            for byte in group { value = value << 8 | UInt32(byte) }
            value <<= UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let isPadding = position > group.count
                out.append(isPadding ? 0x3D : alphabet[Int(value >> UInt32(18 - 6 * position) & 63)])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// In lines of that length, each ended by CR LF.
    static func text(_ bytes: [UInt8], lineLength: Int) -> String {
        var rest = Substring(text(bytes))
        var lines = ""
        while !rest.isEmpty {
            lines += rest.prefix(lineLength) + "\r\n"
            rest = rest.dropFirst(lineLength)
        }
        return lines
    }
}
