internal import Mustache

/// How a text stands in a page, in an element or in a quoted attribute: it is shown, and never acts.
///
/// It goes by scalars. The library's own way goes by characters, and `"` with a combining mark behind it is another
/// character than `"`, while a browser sees the quote. What controls, what turns the direction of a line and what cannot be
/// seen is written out (`\u{202E}`), but for line feeds and tabs, which statements are written with.
struct PageEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String {
        PageEscaping.escaped(text)
    }

    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: isSpecial) else { return text }
        var html = ""
        html.reserveCapacity(text.utf8.count + 32)
        var scalars = text.unicodeScalars.makeIterator()
        var waiting: Unicode.Scalar?
        while let scalar = waiting ?? scalars.next() {
            waiting = nil
            if scalar == "\r" {
                waiting = scalars.next()
                // The end of a line as some write it; the line feed follows.
                if waiting != "\n" { html += "\\u{D}" }
            } else {
                append(scalar, to: &html)
            }
        }
        return html
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0A, 0x20, 0x21, 0x23...0x25, 0x28...0x3B, 0x3D, 0x3F...0x5F, 0x61...0x7E: false
        default: true
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to html: inout String) {
        switch scalar {
        case "&": html += "&amp;"
        case "<": html += "&lt;"
        case ">": html += "&gt;"
        case "\"": html += "&quot;"
        case "'": html += "&#39;"
        case "`": html += "&#96;"
        case "\n", "\t": html.unicodeScalars.append(scalar)
        default:
            if isVisible(scalar) {
                html.unicodeScalars.append(scalar)
            } else {
                html += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x7F else { return scalar.value >= 0x20 }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return false
        default:
            // Fillers are letters that nobody sees; variation selectors say how an emoji looks.
            return !scalar.properties.isDefaultIgnorableCodePoint || (0xFE00...0xFE0F).contains(scalar.value)
        }
    }
}
