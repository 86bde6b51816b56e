/// Text that cannot end a line or turn what stands around it: for formats of one event a line.
enum VisibleText {
    /// Control characters become their pictures (U+2400…), and what turns or breaks lines elsewhere U+FFFD.
    static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHostile) else { return text }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { shown.append(isHostile(scalar) ? picture(scalar) : scalar) }
        return String(shown)
    }

    private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    private static func picture(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        default: "\u{FFFD}"
        }
    }
}
