/// Network addresses as text, by their letters: enough to tell one from a name.
enum NetworkText {
    /// `10.20.3.4`, `2001:db8::7`
    static func isAddress(_ text: String) -> Bool {
        isIPv4(text) || isIPv6(text)
    }

    private static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isIPv6(_ text: String) -> Bool {
        (2...45).contains(text.utf8.count) && text.contains(":")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x3A, 0x41...0x46, 0x61...0x66, 0x2E: true
                default: false
                }
            }
    }
}
