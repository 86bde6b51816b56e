/// A size as the protocol writes it: decimal digits without leading zeros, at most 2^63 - 1.
enum DecimalSize {
    static func value(_ text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, text.count <= 19, first != 0x30 || text.count == 1,
            text.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let value = text.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - 0x30) }
        return value <= UInt64(Int64.max) ? value : nil
    }

    /// The body of a 409: digits and one newline.
    static func value(ofLine bytes: [UInt8]) -> UInt64? {
        bytes.last == 0x0A ? value(bytes.dropLast()) : nil
    }
}
