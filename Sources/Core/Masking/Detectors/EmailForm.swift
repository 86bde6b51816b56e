/// Addresses of e-mail, found at their `@`.
enum EmailForm {
    /// `floor`: what was found before ends there.
    @inline(never)
    static func range(in bytes: Bytes, at sign: Int, from floor: Int) -> Range<Int>? {
        guard let end = domainEnd(in: bytes, from: sign + 1) else { return nil }
        var start = sign
        while start > floor, sign - start < 64, isOfLocal(bytes[start - 1]) { start -= 1 }
        while start < sign, bytes[start] == 0x2E || bytes[start] & 0xC0 == 0x80 { start += 1 }
        return start < sign ? start..<end : nil
    }

    /// Labels with dots between, the last of two letters or more; at most 253 characters.
    private static func domainEnd(in bytes: Bytes, from start: Int) -> Int? {
        var index = start
        var end: Int?
        while index - start <= 253 {
            let next = bytes.end(from: index, while: { ASCII.isWord($0) || $0 == 0x2D })
            guard next > index, next - index <= 63 else { break }
            let isTop =
                index > start && next - index >= 2 && ASCII.isLetter(bytes[index]) && ASCII.isLetter(bytes[next - 1])
            if isTop { end = next }
            guard bytes[next] == 0x2E else { break }
            index = next + 1
        }
        return end
    }

    /// The atoms of RFC 5322 that are in use, and letters of other scripts.
    private static func isOfLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23, 0x25, 0x26, 0x2B, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E, 0x80...: true
        default: ASCII.isWord(byte)
        }
    }
}
