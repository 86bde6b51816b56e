/// What may be repeated of text that others wrote.
enum SafeText {
    /// At most `IdentityLimits.excerpt` characters of printable ASCII, what is not that as `?`: for reasons.
    static func excerpt(_ text: String) -> String {
        let head = text.utf8.prefix(IdentityLimits.excerpt).map { byte -> UInt8 in
            (0x21...0x7E).contains(byte) && byte != 0x60 ? byte : 0x3F
        }
        return String(decoding: head, as: UTF8.self) + (text.utf8.count > IdentityLimits.excerpt ? "..." : "")
    }

    /// Whether text has no character that could forge a line, end a string, or reorder what a reader sees: controls,
    /// line and paragraph separators, bidirectional formatting, noncharacters.
    static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: !scalar.properties.isBidiControl && !scalar.properties.isNoncharacterCodePoint
            }
        }
    }

    /// Whether two texts are the same bytes. `==` would also take what is canonically equivalent.
    static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }
}
