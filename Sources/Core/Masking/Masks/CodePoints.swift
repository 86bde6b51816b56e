/// Characters of UTF-8 as PostgreSQL's text functions count them: code points, so that a byte begins one unless it is
/// `10xxxxxx`. Total: bytes that are not UTF-8 are counted somehow and never trap.
enum CodePoints {
    /// At most `limit`.
    static func count(in bytes: UnsafeRawBufferPointer, upTo limit: Int) -> Int {
        var count = 0
        for byte in bytes where isStart(byte) {
            guard count < limit else { return limit }
            count += 1
        }
        return count
    }

    /// Where the character with this number, from 0, begins; the end where there are not so many.
    static func offset(of number: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        var left = number
        for index in bytes.indices where isStart(bytes[index]) {
            guard left > 0 else { return index }
            left -= 1
        }
        return bytes.count
    }

    /// Where the last `number` characters begin; 0 where there are not so many.
    static func offset(ofLast number: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        var left = number
        var index = bytes.count
        while left > 0, index > 0 {
            index -= 1
            if isStart(bytes[index]) { left -= 1 }
        }
        return index
    }

    private static func isStart(_ byte: UInt8) -> Bool {
        byte & 0xC0 != 0x80
    }
}
