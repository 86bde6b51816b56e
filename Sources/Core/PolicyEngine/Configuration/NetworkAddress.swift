/// A host and a port: `db1.example.com:5432`, `10.0.0.1:5432`, `[2001:db8::1]:5432`.
package struct NetworkAddress: Hashable, Sendable {
    /// A name, or an IP address without brackets.
    package let host: String
    /// 1...65535; 0 where the system may choose.
    package let port: Int

    /// Nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Field.decimal(String(text[text.index(after: colon)...])),
            (0...65_535).contains(port)
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("[") {
            let inner = String(host.dropFirst().dropLast())
            guard host.hasSuffix("]"), inner.contains(":"), SourceAddress(inner) != nil else { return nil }
            self.host = inner
        } else {
            guard NetworkAddress.isName(host) else { return nil }
            self.host = String(host)
        }
        self.port = port
    }

    /// Whether it can be reached from this machine alone: 127.0.0.0/8, ::1, `localhost`.
    package var isLoopback: Bool {
        host.lowercased() == "localhost" || SourceAddress(host)?.isLoopback ?? false
    }

    /// Letters, digits, hyphens and dots, at most 253; a name that ends in a number has to be an IPv4 address.
    static func isName(_ host: Substring) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...253).contains(host.utf8.count), let last = labels.last else { return false }
        let isGood = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { isNameByte($0) }
        }
        return isGood && (Field.decimal(String(last)) == nil || SourceAddress(String(host)) != nil)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}

extension NetworkAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
