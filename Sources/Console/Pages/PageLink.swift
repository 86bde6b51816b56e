/// Links that are made from what others wrote.
enum PageLink {
    /// A text as the value of a query parameter: everything but RFC 3986's unreserved characters is escaped.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                escaped.unicodeScalars.append(.init(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += (digits.utf8.count == 1 ? "%0" : "%") + digits
            }
        }
        return escaped
    }

    /// `?a=b&c=d`; empty where there is nothing to say.
    static func query(_ fields: [(name: String, value: String)]) -> String {
        fields.enumerated().map { index, field in
            "\(index == 0 ? "?" : "&")\(escaped(field.name))=\(escaped(field.value))"
        }.joined()
    }

    /// The text where it is an address of the web that a page may link to: http or https, with a host and without
    /// credentials, all of it characters that stand for themselves.
    static func outward(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 2048 else { return nil }
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !"\"'<>\\^`{|}".utf8.contains(byte)
        }
        let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard isPlain, !authority.isEmpty, !authority.contains("@") else { return nil }
        return text
    }
}
