/// An IP address that somebody connects from. An IPv4 address inside IPv6 (`::ffff:10.1.2.3`) is the IPv4 address.
package struct SourceAddress: Hashable, Sendable {
    /// 4 bytes or 16, in network order.
    package let bytes: [UInt8]

    /// Nil unless there are 4 bytes or 16.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let isMapped =
            bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    /// Parses the textual forms of RFC 4291 section 2.2, with or without a zone (`fe80::1%eth0`, which is dropped),
    /// and dotted IPv4 without leading zeros. Nil for anything else.
    package init?(_ text: String) {
        let address = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let head = address.first, address.count == 1 || head.contains(":") else { return nil }
        guard let bytes = head.contains(":") ? SourceAddress.v6(head) : SourceAddress.v4(head) else { return nil }
        self.init(bytes: bytes)
    }

    /// 127.0.0.0/8 and ::1.
    package var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    private static func v4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part -> UInt8? in
            // Some systems read a leading zero as octal.
            guard part.count <= 3, part.first != "0" || part.count == 1 else { return nil }
            return part.utf8.allSatisfy { (48...57).contains($0) } ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func v6(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        guard let gap = text.firstRange(of: "::") else {
            return groups(text).flatMap { $0.count == 16 ? $0 : nil }
        }
        let left = text[..<gap.lowerBound]
        let right = text[gap.upperBound...]
        // The left half may not end in a dotted part, and there is one gap.
        guard !left.contains("."), let head = left.isEmpty ? [] : groups(left),
            let tail = right.isEmpty ? [] : groups(right), head.count + tail.count <= 14
        else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Groups of hexadecimal digits between colons; the last may be dotted.
    private static func groups(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let dotted = v4(part) else { return nil }
                bytes += dotted
                continue
            }
            guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
                let group = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 255)]
        }
        return bytes
    }
}

extension SourceAddress: CustomStringConvertible {
    /// Dotted, or eight groups without the short form.
    package var description: String {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }
}
