/// Where the parts of a Bind message are, as offsets into its body. PostgreSQL manual, Message Formats, Bind.
struct BindLayout {
    /// The bytes of the two names, without their NUL.
    let portal: Range<Int>
    let statement: Range<Int>
    /// The first format of a parameter, two bytes each, and how many there are: none, one for all, or one each.
    let formats: (start: Int, count: Int)
    /// The first value, its length (4 bytes) before it, and how many there are.
    let values: (start: Int, count: Int)

    /// Nil unless names, formats, values and the formats of the results fill the body exactly.
    init?(_ raw: UnsafeRawBufferPointer) {
        guard let portalEnd = raw.firstIndex(of: 0), let statementEnd = raw[(portalEnd + 1)...].firstIndex(of: 0) else {
            return nil
        }
        portal = 0..<portalEnd
        statement = portalEnd + 1..<statementEnd
        guard let formatCount = BindLayout.short(raw, statementEnd + 1) else { return nil }
        formats = (statementEnd + 3, Int(formatCount))
        var position = formats.start + 2 * formats.count
        guard let valueCount = BindLayout.short(raw, position) else { return nil }
        values = (position + 2, Int(valueCount))
        guard formats.count <= 1 || formats.count == values.count,
            (0..<formats.count).allSatisfy({ (BindLayout.short(raw, formats.start + 2 * $0) ?? .max) <= 1 })
        else { return nil }
        position = values.start
        for _ in 0..<values.count {
            guard let length = BindLayout.length(raw, position), length >= -1, raw.count - position - 4 >= length else {
                return nil
            }
            position += 4 + max(0, length)
        }
        guard let results = BindLayout.short(raw, position), raw.count - position - 2 == 2 * Int(results) else {
            return nil
        }
    }

    /// The format of a parameter: 0 for text, 1 for binary.
    func format(of parameter: Int, _ raw: UnsafeRawBufferPointer) -> UInt16 {
        guard formats.count > 0 else { return 0 }
        return BindLayout.short(raw, formats.start + (formats.count == 1 ? 0 : 2 * parameter)) ?? 0
    }

    /// Four bytes as a signed number; nil where they are not there.
    static func length(_ raw: UnsafeRawBufferPointer, _ position: Int) -> Int? {
        guard position >= 0, position <= raw.count - 4 else { return nil }
        return Int(Int32(bigEndian: raw.loadUnaligned(fromByteOffset: position, as: Int32.self)))
    }

    private static func short(_ raw: UnsafeRawBufferPointer, _ position: Int) -> UInt16? {
        guard position >= 0, position <= raw.count - 2 else { return nil }
        return UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt16.self))
    }
}
