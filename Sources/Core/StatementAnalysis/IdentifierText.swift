/// Identifiers inside a string, as PostgreSQL reads search_path lists and the names of `regclass`.
enum IdentifierText {
    /// Splits at `separator`; unquoted parts fold to lower case. Nil where PostgreSQL would refuse, or would fold by
    /// the rules of a locale (a character above U+007F).
    static func names(_ text: String, separator: Unicode.Scalar) -> [String]? {
        var rest = Substring(text).unicodeScalars
        skipSpace(&rest)
        if rest.isEmpty { return [] }
        var names: [String] = []
        while true {
            guard let name = rest.first == "\"" ? quoted(&rest) : plain(&rest, until: separator) else { return nil }
            names.append(name)
            skipSpace(&rest)
            guard let next = rest.popFirst() else { return names }
            guard next == separator else { return nil }
            skipSpace(&rest)
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        [" ", "\t", "\n", "\r", "\u{0B}", "\u{0C}"].contains(scalar)
    }

    private static func skipSpace(_ rest: inout Substring.UnicodeScalarView) {
        rest = rest.drop(while: isSpace)
    }

    private static func quoted(_ rest: inout Substring.UnicodeScalarView) -> String? {
        rest.removeFirst()
        var name = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == "\"" {
                guard rest.first == "\"" else { return name.isEmpty ? nil : String(name) }
                rest.removeFirst()
            }
            name.append(scalar)
        }
        return nil
    }

    private static func plain(_ rest: inout Substring.UnicodeScalarView, until separator: Unicode.Scalar) -> String? {
        let name = rest.prefix { $0 != separator && !isSpace($0) }
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && $0 != "\"" }) else { return nil }
        return lowercased(String(name))
    }

    /// ASCII letters alone: what the server folds in every locale.
    static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
