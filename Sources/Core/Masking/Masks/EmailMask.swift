internal import AccessModel

/// `a***@example.com`; only `***` for what does not end in `@` and a domain, or has nothing before it.
enum EmailMask {
    static func append(_ value: UnsafeRawBufferPointer, to masked: inout [UInt8]) {
        let tail = domain(of: value)
        if tail != nil { masked.append(contentsOf: value[..<CodePoints.offset(of: 1, in: value)]) }
        masked.append(contentsOf: MaskMethod.stars.utf8)
        if let tail { masked.append(contentsOf: value[tail...]) }
    }

    /// Where the last `@` is, if it stands between something and a domain of 1 to 253 characters.
    private static func domain(of value: UnsafeRawBufferPointer) -> Int? {
        var index = value.count
        while index > 0 {
            index -= 1
            let byte = value[index]
            guard byte != 0x40 else { return index > 0 && (1...253).contains(value.count - index - 1) ? index : nil }
            guard isOfDomain(byte) else { return nil }
        }
        return nil
    }

    private static func isOfDomain(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2E || byte == 0x2D
    }
}
