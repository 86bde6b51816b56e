extension Field {
    /// `https://HOST[:PORT][/PATH]`, or with `http` on a loopback host; kept as written.
    func url() -> String? {
        guard let text = line(limit: 2048) else { return nil }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.contains("?"), !text.contains("#") else {
            return fail("expected a URL without spaces, query and fragment")
        }
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else { return fail("expected a URL that begins with https://") }
        let authority = text.dropFirst(isSecure ? 8 : 7).prefix { $0 != "/" }
        guard let address = Field.address(authority) else {
            return fail("expected a URL such as https://issuer.example.com")
        }
        guard isSecure || address.isLoopback else {
            return fail("http is accepted for a loopback host only: use https")
        }
        return text
    }

    private static func address(_ authority: Substring) -> NetworkAddress? {
        let text = String(authority)
        let hasPort = text.hasPrefix("[") ? !text.hasSuffix("]") : text.contains(":")
        return NetworkAddress(hasPort ? text : "\(text):443")
    }
}
