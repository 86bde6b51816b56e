/// A range of IP addresses in CIDR notation (RFC 4632): `10.20.0.0/16`, `2001:db8::/32`; an address alone is itself.
package struct AddressRange: Hashable, Sendable {
    /// The first address of the range.
    package let network: SourceAddress
    /// Bits that are the same in the whole range: 0...32, or 0...128.
    package let prefix: Int

    /// Nil where the text is no range, or where bits after the prefix are set: that is a slip more often than a wish.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let head = parts.first, !head.contains("%"), let address = SourceAddress(String(head)) else { return nil }
        let width = address.bytes.count * 8
        // `::ffff:10.0.0.0/104` is 10.0.0.0/8.
        let shift = head.contains(":") && width == 32 ? 96 : 0
        guard let written = parts.count == 2 ? Field.decimal(String(parts[1])) : width + shift,
            (0...width).contains(written - shift)
        else { return nil }
        network = address
        prefix = written - shift
        guard AddressRange.masked(address.bytes, prefix) == address.bytes else { return nil }
    }

    package func contains(_ address: SourceAddress) -> Bool {
        address.bytes.count == network.bytes.count && AddressRange.masked(address.bytes, prefix) == network.bytes
    }

    private static func masked(_ bytes: [UInt8], _ prefix: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(8, max(0, prefix - index * 8))
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
    }
}

extension AddressRange: CustomStringConvertible {
    package var description: String { "\(network)/\(prefix)" }
}
