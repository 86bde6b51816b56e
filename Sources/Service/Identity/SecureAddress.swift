/// A URL that keys may come from: `https`, or `http` to this machine, with a host and without user information.
struct SecureAddress: Hashable {
    let text: String
    let isLoopback: Bool

    /// Nil for anything else, and for what is not printable ASCII or is over 2048 bytes.
    init?(_ text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else {
            return nil
        }
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else { return nil }
        let authority = text.dropFirst(isSecure ? 8 : 7).prefix(while: { !"/?#".contains($0) })
        guard let host = SecureAddress.host(of: authority) else { return nil }
        self.text = text
        isLoopback = SecureAddress.isLoopback(host)
        guard isSecure || isLoopback else { return nil }
    }

    /// The discovery document of the issuer that this is (OpenID Connect Discovery 1.0, section 4.1). Nil where the
    /// issuer has a query or a fragment.
    var discovery: String? {
        guard !text.contains("?"), !text.contains("#") else { return nil }
        return (text.hasSuffix("/") ? String(text.dropLast()) : text) + "/.well-known/openid-configuration"
    }

    private static func host(of authority: Substring) -> Substring? {
        guard !authority.contains("@") else { return nil }
        let end =
            authority.first == "["
            ? authority.firstIndex(of: "]").map { authority.index(after: $0) } : authority.firstIndex(of: ":")
        let host = authority[..<(end ?? authority.endIndex)]
        let port = authority[host.endIndex...]
        guard !host.isEmpty, authority.first != "[" || end != nil else { return nil }
        guard port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil else { return nil }
        return host
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers.first == 127 && numbers.allSatisfy { $0 != nil }
    }
}
